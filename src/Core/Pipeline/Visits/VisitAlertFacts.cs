using SaaS.Analytics.Alerts;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>What alert rules are told of an open visit.</summary>
static class VisitAlertFacts
{
    const int LongestText = 300;
    const int MostTraits = 12;

    /// <param name="visit">The visit.</param>
    /// <param name="visitor">Who makes it: the visitor it began with, or the one it was identified as.</param>
    /// <param name="row">The event that is looked at.</param>
    public static VisitFacts Of(OpenVisit visit, KnownVisitor visitor, EventRow row)
    {
        var isSame = visitor == visit.Visitor;
        var previous = isSame ? visit.PreviousEnd : visitor.LastVisitEnd;
        var facts = new VisitFacts
        {
            SiteId = row.SiteId,
            VisitId = visit.VisitId,
            VisitorId = visitor.Id,
            Start = visit.Start,
            Number = isSame ? visit.Number : visitor.VisitCount + 1,
            PreviousEnd = previous > DateTime.UnixEpoch ? previous : null,
            FirstSeen = visitor.FirstSeen < visit.Start ? visitor.FirstSeen : visit.Start,
            IsConsented = visit.Mode == VisitorMode.Consented,
            UserId = Cut(row.UserId.Length > 0 ? row.UserId : visit.UserId.Length > 0 ? visit.UserId : visitor.UserId),
            Verified = row.UserVerified,
            Traits = Traits(visit.Visitor, visitor),
            Host = Cut(visit.Entry.Hostname.Length > 0 ? visit.Entry.Hostname : row.Hostname),
            Page = Cut(visit.Entry.Path.Length > 0 ? visit.Entry.Path : row.Path),
        };
        return With(facts, visit);
    }

    static VisitFacts With(VisitFacts facts, OpenVisit visit) => facts with
    {
        Source = Cut(visit.Attribution?.Source),
        Channel = Cut(visit.Attribution?.Channel),
        Campaign = Cut(visit.Attribution?.UtmCampaign),
        Country = Cut(visit.Place?.Country),
        City = Cut(visit.Place?.City),
        Device = Cut(string.Join(", ", ((string?[])[visit.Device?.Browser, visit.Device?.Os]).Where(t => !string.IsNullOrEmpty(t)))),
    };

    static KeyValuePair<string, string>[] Traits(KnownVisitor first, KnownVisitor second) =>
        [.. first.Traits.UnionBy(second.Traits, t => t.Key).Take(MostTraits).Select(t => KeyValuePair.Create(Cut(t.Key), Cut(t.Value)))];

    public static string Cut(string? text) => text is null ? "" : text.Length <= LongestText ? text : text[..LongestText];
}
