namespace SaaS.Analytics.Store;

/// <summary>Reads <see cref="VisitColumns.All"/> in its order.</summary>
static class VisitReading
{
    public static VisitRow Read(RowReader r)
    {
        var row = Identity(ref r);
        Path(row, ref r);
        Source(row, ref r);
        Client(row, ref r);
        return row;
    }

    static VisitRow Identity(ref RowReader r) => new()
    {
        SiteId = (int)r.UInt32(),
        VisitorId = r.UInt64(),
        VisitId = r.UInt64(),
        Version = r.UInt64(),
        MergedInto = r.UInt64(),
        FirstReceivedAt = r.Time(),
        Start = r.Time(),
        End = r.Time(),
        VisitorMode = r.Mode(),
        VisitNumber = r.UInt32(),
        UserId = r.Text(),
        Pageviews = r.UInt32(),
        Events = r.UInt32(),
        InteractiveEvents = r.UInt32(),
        EngagementMs = r.UInt64(),
    };

    static void Path(VisitRow row, ref RowReader r)
    {
        row.EntryHostname = r.Text();
        row.EntryPath = r.Text();
        row.EntryAt = r.Time();
        row.ExitHostname = r.Text();
        row.ExitPath = r.Text();
        row.ExitAt = r.Time();
    }

    static void Source(VisitRow row, ref RowReader r)
    {
        row.Referrer = r.Text();
        row.ReferrerHost = r.Text();
        row.Source = r.Text();
        row.SourceCategory = r.Text();
        row.Channel = r.Text();
        row.UtmSource = r.Text();
        row.UtmMedium = r.Text();
        row.UtmCampaign = r.Text();
        row.UtmTerm = r.Text();
        row.UtmContent = r.Text();
        row.ClickId = r.Text();
    }

    static void Client(VisitRow row, ref RowReader r)
    {
        row.Country = r.Text();
        row.Region = r.Text();
        row.City = r.Text();
        row.Browser = r.Text();
        row.BrowserVersion = r.Text();
        row.Os = r.Text();
        row.OsVersion = r.Text();
        row.DeviceType = r.Text();
        row.DeviceBrand = r.Text();
        row.DeviceModel = r.Text();
        row.Language = r.Text();
        row.Screen = r.Text();
        row.BotScore = r.Byte();
        row.BotName = r.Text();
    }
}
