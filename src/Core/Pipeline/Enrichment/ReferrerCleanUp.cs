using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// The page before: without user, query and fragment, which may hold what was searched or who is signed in; empty when it is the
/// site itself.
/// </summary>
sealed class ReferrerCleanUp : IEventStep
{
    readonly TextMemory<(string Href, string Host)> referrers = new(Parse);

    public void Apply(EventContext e)
    {
        if (e.Event.Referrer.Length == 0)
            return;
        var (href, host) = referrers.Of(e.Event.Referrer);
        if (host.Length > 0 && !WithoutWww(e.Row.Hostname).SequenceEqual(host) && !e.Site.IsOwnHost(host))
            (e.Row.Referrer, e.Row.ReferrerHost) = (href, host);
    }

    /// <returns>An empty host for what is no page.</returns>
    static (string Href, string Host) Parse(string referrer) =>
        WebUrl.Parse(referrer) is { Host.Length: > 0 } url
            ? ((url with { User = "", Password = "", Query = null, Fragment = null }).Href, WithoutWww(url.Host).ToString())
            : ("", "");

    static ReadOnlySpan<char> WithoutWww(string host) => host.StartsWith("www.", StringComparison.Ordinal) ? host.AsSpan(4) : host;
}
