using CsCheck;
using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Store;

/// <summary>Rows with values that break careless encodings.</summary>
static class RandomRows
{
    static readonly string[] Naughty =
        ["", "\0", "\n", "a\tb\r\n", "'; DROP TABLE events; --", "\\N", "{x:String}", "日本語", "👩‍👩‍👧", "\"", "%00", "\uFEFF", new('x', 4096), "ÿ\u200B"];

    public static readonly Gen<string> Text = Gen.Frequency((1, Gen.Int[0, Naughty.Length - 1].Select(i => Naughty[i])), (1, Gen.String[Gen.Char.AlphaNumeric, 0, 20]));
    static readonly Gen<KeyValuePair<string, string>[]> Pairs =
        Gen.Select(Text, Text, (k, v) => KeyValuePair.Create(k, v)).Array[0, 4].Select(p => p.DistinctBy(x => x.Key).ToArray());
    static readonly Gen<DateTime> Time = Gen.Int[0, 60 * 24 * 3600].Select(s =>
        new DateTime(2026, 9, 20, 0, 0, 0, DateTimeKind.Utc).AddSeconds(s).AddMilliseconds(s % 1000));

    public static readonly Gen<EventRow> Event =
        from site in Gen.Int[1, 3]
        from time in Time
        from texts in Text.Array[43]
        from props in Pairs
        from ids in Gen.ULong.Array[2]
        from money in Gen.Int.Select(m => m % 3 == 0 ? (decimal?)null : m * 0.0001m)
        from small in Gen.UInt.Array[4]
        from flags in Gen.Bool.Array[3]
        select Row(site, time, texts, props, ids, money, small, flags);

    static EventRow Row(
        int site, DateTime time, string[] t, KeyValuePair<string, string>[] props, ulong[] ids, decimal? money, uint[] n, bool[] flags) => new()
    {
        SiteId = site, EventId = Guid.NewGuid(), Timestamp = time, ClientTimestamp = time.AddHours(1), ReceivedAt = time.AddSeconds(2),
        ChunkId = Guid.Empty, ChunkIndex = (ushort)n[0], VisitorId = ids[0], DeviceId = ids[1], UserHash = ids[0] ^ 5, CookielessId = (n[0] % 3) switch { 0 => ids[0], 1 => 0, _ => 2 + ids[1] / 2 }, RepairId = ids[1],
        VisitId = ids[1],
        VisitorMode = flags[0] ? VisitorMode.Consented : VisitorMode.Cookieless, Name = t[0], Hostname = t[1], Path = t[2], Query = t[3],
        Fragment = t[4], Scheme = t[5], Title = t[6], Referrer = t[7], ReferrerHost = t[8], Props = props, UserId = t[9],
        UserVerified = flags[1], Interactive = flags[2], Revenue = money, Currency = t[10], EngagementMs = n[1], ScrollDepth = (byte)n[2],
        PageviewId = Guid.NewGuid(), AdId = t[11], AdCampaignId = t[12], AdPlacement = t[13], Source = t[14], SourceCategory = t[15],
        Channel = t[16], UtmSource = t[17], UtmMedium = t[18], UtmCampaign = t[19], UtmTerm = t[20], UtmContent = t[21], ClickId = t[22],
        Country = t[23], Region = t[24], City = t[25], Asn = n[3], Browser = t[26], BrowserVersion = t[27], Os = t[28], OsVersion = t[29],
        DeviceType = t[30], Language = t[31], Screen = t[32], VisitorTimeZone = t[33], App = t[34], Library = t[35], Consent = t[36],
        BotScore = (byte)n[0], BotName = t[37], BotReasons = t[38], Notes = t[39],
        DeviceBrand = t[40], DeviceModel = t[41], UserAgent = t[42],
    };

    public static readonly Gen<VisitRow> Visit =
        from time in Time
        from t in Text.Array[29]
        from ids in Gen.ULong.Array[5]
        from n in Gen.UInt.Array[5]
        select new VisitRow
        {
            SiteId = 1, VisitorId = ids[0], VisitId = ids[1], Version = ids[2], MergedInto = 0, FirstReceivedAt = time, Start = time,
            End = time.AddMinutes(3), VisitorMode = VisitorMode.Consented, VisitNumber = n[0], UserId = t[0], Pageviews = n[1], Events = n[2],
            InteractiveEvents = n[3], EngagementMs = ids[4], EntryHostname = t[1], EntryPath = t[2], EntryAt = time, ExitHostname = t[3],
            ExitPath = t[4], ExitAt = time, Referrer = t[5], ReferrerHost = t[6], Source = t[7], SourceCategory = t[8], Channel = t[9],
            UtmSource = t[10], UtmMedium = t[11], UtmCampaign = t[12], UtmTerm = t[13], UtmContent = t[14], ClickId = t[15], Country = t[16],
            Region = t[17], City = t[18], Browser = t[19], BrowserVersion = t[20], Os = t[21], OsVersion = t[22], DeviceType = t[23],
            Language = t[24], Screen = t[25], BotScore = (byte)n[4], BotName = t[26], DeviceBrand = t[27], DeviceModel = t[28],
        };

    public static readonly Gen<VisitorRow> Visitor =
        from time in Time
        from t in Text.Array[2]
        from ids in Gen.ULong.Array[3]
        from aliases in Gen.ULong.Array[0, 3]
        from traits in Pairs
        select new VisitorRow
        {
            SiteId = 1, VisitorId = ids[0], Version = ids[1], VisitorMode = VisitorMode.Consented, FirstSeen = time, LastVisitId = ids[2],
            LastVisitStart = time, LastVisitEnd = time.AddMinutes(1), VisitCount = 3, UserId = t[0], UserVerified = true, Aliases = aliases,
            Traits = traits, Consent = t[1],
        };
}
