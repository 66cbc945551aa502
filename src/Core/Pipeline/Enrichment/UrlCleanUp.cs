namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Takes the URL apart.</summary>
sealed class UrlCleanUp : IEventStep
{
    public void Apply(EventContext e)
    {
        if (!Uri.TryCreate(e.Event.Url, UriKind.Absolute, out var url))
            return;
        (e.Row.Scheme, e.Row.Hostname) = (url.Scheme, url.Host);
        (e.Row.Path, e.Row.Query, e.Row.Fragment) = (url.AbsolutePath, url.Query.TrimStart('?'), url.Fragment.TrimStart('#'));
    }
}
