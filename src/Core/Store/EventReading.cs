namespace SaaS.Analytics.Store;

/// <summary>Reads <see cref="EventColumns.All"/> in its order.</summary>
static class EventReading
{
    public static EventRow Read(RowReader r)
    {
        var row = Identity(ref r);
        Page(row, ref r);
        Content(row, ref r);
        Source(row, ref r);
        Client(row, ref r);
        Verdict(row, ref r);
        return Ids(row, ref r);
    }

    static EventRow Identity(ref RowReader r) => new()
    {
        SiteId = (int)r.UInt32(),
        EventId = r.Guid(),
        Timestamp = r.Time(),
        ClientTimestamp = r.Time(),
        ReceivedAt = r.Time(),
        ChunkId = r.Guid(),
        ChunkIndex = r.UInt16(),
        VisitorId = r.UInt64(),
        VisitorMode = r.Mode(),
        VisitId = r.UInt64(),
        Name = r.Text(),
    };

    static void Page(EventRow row, ref RowReader r)
    {
        row.Hostname = r.Text();
        row.Path = r.Text();
        row.Query = r.Text();
        row.Fragment = r.Text();
        row.Scheme = r.Text();
        row.Title = r.Text();
        row.Referrer = r.Text();
        row.ReferrerHost = r.Text();
    }

    static void Content(EventRow row, ref RowReader r)
    {
        row.Props = r.Pairs();
        row.UserId = r.Text();
        row.UserVerified = r.Bool();
        row.Interactive = r.Bool();
        row.Revenue = r.Money();
        row.Currency = r.Text();
        row.EngagementMs = r.UInt32();
        row.ScrollDepth = r.Byte();
        row.PageviewId = r.Guid();
        row.AdId = r.Text();
        row.AdCampaignId = r.Text();
        row.AdPlacement = r.Text();
    }

    static void Source(EventRow row, ref RowReader r)
    {
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

    static void Client(EventRow row, ref RowReader r)
    {
        row.Country = r.Text();
        row.Region = r.Text();
        row.City = r.Text();
        row.Asn = r.UInt32();
        row.Browser = r.Text();
        row.BrowserVersion = r.Text();
        row.Os = r.Text();
        row.OsVersion = r.Text();
        row.DeviceType = r.Text();
        row.DeviceBrand = r.Text();
        row.DeviceModel = r.Text();
        row.Language = r.Text();
        row.Screen = r.Text();
        row.VisitorTimeZone = r.Text();
        row.App = r.Text();
        row.Library = r.Text();
        row.Consent = r.Text();
    }

    static void Verdict(EventRow row, ref RowReader r)
    {
        row.BotScore = r.Byte();
        row.BotName = r.Text();
        row.BotReasons = r.Text();
        row.Notes = r.Text();
        row.UserAgent = r.Text();
    }

    static EventRow Ids(EventRow row, ref RowReader r)
    {
        var (device, user, cookieless, repair, pending) = (r.UInt64(), r.UInt64(), r.UInt64(), r.UInt64(), r.Bool());
        var hash = cookieless == 0 ? row.VisitorId : cookieless == EventColumns.NoCookielessId ? 0 : cookieless;
        return row with { DeviceId = device, UserHash = user, CookielessId = hash, RepairId = repair, IsPending = pending };
    }
}
