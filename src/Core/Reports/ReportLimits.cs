using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Reports;

/// <summary>What a tenant's reports may use, and how long answers are kept (section <c>Reports</c>, environment <c>Reports__…</c>).</summary>
public sealed class ReportLimits
{
    public const string Section = "Reports";

    /// <summary>Statements of one tenant that run at once in this portal; more wait.</summary>
    [Range(1, 1000)] public int Concurrency { get; set; } = 8;

    /// <summary>Statements of one tenant that may wait; more are refused.</summary>
    [Range(0, 10_000)] public int Waiting { get; set; } = 64;

    /// <summary>A statement that waits longer is refused.</summary>
    [Range(1, 600)] public int WaitSeconds { get; set; } = 15;

    /// <summary>A statement that runs longer is stopped.</summary>
    [Range(1, 3600)] public int Seconds { get; set; } = 20;

    /// <summary>A statement that would read more rows is refused.</summary>
    [Range(1, long.MaxValue)] public long Rows { get; set; } = 2_000_000_000;

    /// <summary>A statement that needs more memory is stopped.</summary>
    [Range(1 << 20, long.MaxValue)] public long MemoryBytes { get; set; } = 2L << 30;

    /// <summary>Above so many rows a sample is read, unless <c>exact</c> is asked for.</summary>
    [Range(1, long.MaxValue)] public long SampleAboveRows { get; set; } = 10_000_000;

    /// <summary>Answers about days that still change are kept this long.</summary>
    [Range(0, 3600)] public int LiveSeconds { get; set; } = 5;

    /// <summary>Answers about closed days are kept this long; a day that changes makes them other questions.</summary>
    [Range(0, 10_000)] public int ClosedMinutes { get; set; } = 60;

    /// <summary>StackExchange.Redis connection string of a second level that portals share; none by default.</summary>
    public string Redis { get; set; } = "";
}
