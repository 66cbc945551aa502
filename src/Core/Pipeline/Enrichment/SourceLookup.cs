using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Names the source and its category: <c>utm_source</c>, else <c>source</c>, else <c>ref</c>, else the referrer's host.</summary>
sealed class SourceLookup : IEventStep
{
    readonly Lazy<SourceList> sources = new(SourceList.Load);

    public void Apply(EventContext e)
    {
        if (e.Row.Name == EventNames.Engagement)
            return;
        var tag = Tag(e);
        var source = tag.Length > 0 ? sources.Value.OfTag(tag) : sources.Value.OfHost(e.Row.ReferrerHost);
        (e.Row.Source, e.Row.SourceCategory) = (source.Name, source.Category);
    }

    public void Warm() => _ = sources.Value;

    static string Tag(EventContext e) =>
        e.Row.UtmSource is { Length: > 0 } utm ? utm : e.Parameter("source") is { Length: > 0 } source ? source : e.Parameter("ref");
}
