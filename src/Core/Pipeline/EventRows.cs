using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>The row an event starts as: what is copied without being looked at.</summary>
static class EventRows
{
    public static EventRow Of(in ChunkEvent source, Guid chunkId)
    {
        var e = source.Event;
        var ids = Identity.Of(source);
        return new EventRow
        {
            SiteId = source.SiteId,
            EventId = e.Id,
            Timestamp = Milliseconds(e.Timestamp),
            ClientTimestamp = Milliseconds(e.ClientTimestamp),
            ReceivedAt = Milliseconds(source.ReceivedAt),
            ChunkId = chunkId,
            ChunkIndex = (ushort)source.Index,
            DeviceId = ids.Consented,
            UserHash = ids.User,
            CookielessId = ids.Cookieless,
            VisitorMode = e.Mode,
            Name = e.Name,
            Title = e.Title,
            Props = e.Props,
            UserId = e.UserId,
            UserVerified = e.UserVerified,
            Interactive = e.Interactive,
            Revenue = e.Revenue,
            Currency = e.Currency,
            EngagementMs = e.EngagementMs,
            ScrollDepth = e.ScrollDepth,
            PageviewId = e.PageViewId,
            AdId = e.AdId,
            AdCampaignId = e.AdCampaignId,
            AdPlacement = e.AdPlacement,
            Country = e.Country,
            Region = e.Region,
            City = e.City,
            Asn = e.Asn,
            Language = e.Language,
            Screen = e.Screen,
            VisitorTimeZone = e.TimeZone,
            App = e.App,
            Library = e.Library,
            Consent = e.Consent,
            Notes = string.Join(',', e.Notes),
        };
    }

    /// <summary>The store keeps no more, and what is read back must equal what was kept in memory.</summary>
    static DateTime Milliseconds(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
