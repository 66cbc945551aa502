using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Ingestion;

/// <summary>The collector (section <c>Ingestion</c>, environment <c>Ingestion__SpoolDirectory</c> …).</summary>
public sealed class IngestionSettings
{
    public const string Section = "Ingestion";
    const long MiB = 1024 * 1024;

    /// <summary>Directory of the spool, on a disk that survives a restart; one collector process each.</summary>
    [Required] public string SpoolDirectory { get; set; } = "";

    /// <summary>Name of this collector, the same after a restart; empty: made once and kept beside the spool.</summary>
    [RegularExpression("^[a-z0-9-]{0,40}$", ErrorMessage = "Up to 40 lower-case letters, digits and hyphens are allowed.")]
    public string CollectorId { get; set; } = "";

    /// <summary>
    /// Directory of the daily salts' keys, mode 0600, shared by all collectors and in no backup: what is deleted here is gone for good.
    /// </summary>
    [Required] public string SaltKeyDirectory { get; set; } = "";

    /// <summary>
    /// Networks, separated by commas, whose <c>X-Forwarded-For</c> is believed. By default this machine's own: who can
    /// connect from there already is on the machine. Set it to your proxies' networks, or to nothing.
    /// </summary>
    [TrustedNetworks] public string TrustedProxies { get; set; } = "127.0.0.0/8,::1/128";

    /// <summary>MaxMind DB file with cities or countries; empty: DB-IP's, which comes with the program.</summary>
    public string GeoDatabase { get; set; } = "";

    /// <summary>MaxMind DB file with numbers of networks; empty: the tables that come with the program.</summary>
    public string NetworkDatabase { get; set; } = "";

    /// <summary>
    /// What a 202 waits for: the fsync of the spool, or in addition the broker's confirm, which takes up to two seconds longer
    /// and turns into 503 while the broker is away.
    /// </summary>
    public AckAfter AckAfter { get; set; } = AckAfter.Spool;

    /// <summary>A segment of the spool is closed from this size on.</summary>
    [Range(1, 1024 * MiB)] public long SegmentBytes { get; set; } = 64 * MiB;

    /// <summary>Above this the collector answers 503 until chunks have been stored.</summary>
    [Range(MiB, long.MaxValue)] public long SpoolMaxBytes { get; set; } = 20 * 1024 * MiB;

    /// <summary>Below this much free space on the spool's disk the collector answers 503.</summary>
    [Range(0, long.MaxValue)] public long SpoolMinFreeBytes { get; set; } = 512 * MiB;

    /// <summary>
    /// Requests a second that one public address may send, on average over ten seconds, before it is answered 429; requests
    /// with an API key do not count. 0: any number.
    /// </summary>
    [Range(0, int.MaxValue)] public int AddressRequestsPerSecond { get; set; } = 100;

    /// <summary>Events a second that one site may send to this collector, on average over ten seconds, before it is answered 429; 0: any number.</summary>
    [Range(0, int.MaxValue)] public int SiteEventsPerSecond { get; set; } = 100_000;

    /// <summary>Seconds between the signal to stop and the stop: not ready any more, but still taking events, until load balancers have noticed.</summary>
    [Range(0, 300)] public int DrainSeconds { get; set; } = 3;

    /// <summary>Chunks waiting for the broker stay in memory up to this sum; what is beyond is read from the spool when its turn comes.</summary>
    [Range(0, long.MaxValue)] public long BacklogMemoryBytes { get; set; } = 64 * MiB;

    /// <summary>Seconds after which a chunk that the broker took and nobody has finished is sent again; each further time after twice as long.</summary>
    [Range(5, 86_400)] public int RepeatAfterSeconds { get; set; } = 300;
}

/// <summary>How far an event must have come before it counts as accepted.</summary>
public enum AckAfter
{
    /// <summary>It survives the end of the process and of the machine, but not of its disk.</summary>
    Spool,

    /// <summary>A quorum of the broker's nodes has it too.</summary>
    Broker,
}
