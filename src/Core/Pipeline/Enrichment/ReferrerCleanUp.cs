using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// The page before: without user, query and fragment, which may hold what was searched or who is signed in; empty when it is the
/// site itself.
/// </summary>
sealed class ReferrerCleanUp : IEventStep
{
    public void Apply(EventContext e)
    {
        if (e.Event.Referrer.Length == 0 || WebUrl.Parse(e.Event.Referrer) is not { Host.Length: > 0 } url)
            return;
        var host = WithoutWww(url.Host);
        if (host == WithoutWww(e.Row.Hostname) || e.Site.IsOwnHost(host))
            return;
        (e.Row.Referrer, e.Row.ReferrerHost) = ((url with { User = "", Password = "", Query = null, Fragment = null }).Href, host);
    }

    static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
}
