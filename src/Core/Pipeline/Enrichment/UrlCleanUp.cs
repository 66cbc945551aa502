using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Takes the URL apart as browsers do: scheme, host in lower-case ASCII, path, query without tracking parameters, fragment.
/// The parameters that other steps read are kept aside.
/// </summary>
sealed class UrlCleanUp : IEventStep
{
    readonly TextMemory<Page?> pages = new(Parse);

    public void Apply(EventContext e)
    {
        if (e.Event.Url.Length == 0)
            return;
        if (pages.Of(e.Event.Url) is { } page)
            Take(e, page);
        else
            e.Note("url_not_parsed");
    }

    static void Take(EventContext e, Page page)
    {
        (e.Row.Scheme, e.Row.Hostname, e.Row.Path, e.Row.Fragment) = (page.Url.Scheme, page.Url.Host ?? "", page.Url.Path, page.Url.Fragment ?? "");
        (e.Row.Query, e.Query) = (page.Query, page.Known);
    }

    static Page? Parse(string text)
    {
        if (WebUrl.Parse(text) is not { } url)
            return null;
        var (left, known) = url.Query is { Length: > 0 } query ? Split(query) : ("", []);
        return new Page(url, left, known);
    }

    static (string Left, KeyValuePair<string, string>[] Known) Split(string query)
    {
        var rest = new List<string>();
        var known = new List<KeyValuePair<string, string>>();
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('=');
            var name = end < 0 ? part : part[..end];
            if (TrackingParameters.IsKnown(name))
                known.Add(new(name, end < 0 ? "" : Decode(part[(end + 1)..])));
            if (!TrackingParameters.IsTracking(name))
                rest.Add(part);
        }
        return (string.Join('&', rest), [.. known]);
    }

    static string Decode(string value)
    {
        var text = Uri.UnescapeDataString(value.Replace('+', ' ')).Trim();
        return text.Length > EventLimits.TextLength ? text[..EventLimits.TextLength] : text;
    }

    /// <param name="Url">As browsers read it.</param>
    /// <param name="Query">Without tracking parameters.</param>
    /// <param name="Known">Parameters that other steps read.</param>
    sealed record Page(WebUrl Url, string Query, KeyValuePair<string, string>[] Known);
}
