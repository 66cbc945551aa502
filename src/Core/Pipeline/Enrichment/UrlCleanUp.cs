using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Takes the URL apart as browsers do: scheme, host in lower-case ASCII, path, query without tracking parameters, fragment.
/// The parameters that other steps read are kept aside.
/// </summary>
sealed class UrlCleanUp : IEventStep
{
    public void Apply(EventContext e)
    {
        if (e.Event.Url.Length == 0)
            return;
        if (WebUrl.Parse(e.Event.Url) is { } url)
            Take(e, url);
        else
            e.Row.Notes = e.Row.Notes.Length == 0 ? "url_not_parsed" : e.Row.Notes + ",url_not_parsed";
    }

    static void Take(EventContext e, WebUrl url)
    {
        (e.Row.Scheme, e.Row.Hostname, e.Row.Path, e.Row.Fragment) = (url.Scheme, url.Host ?? "", url.Path, url.Fragment ?? "");
        if (url.Query is { Length: > 0 } query)
            (e.Row.Query, e.Query) = Split(query);
    }

    static (string Left, List<KeyValuePair<string, string>> Known) Split(string query)
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
        return (string.Join('&', rest), known);
    }

    static string Decode(string value)
    {
        var text = Uri.UnescapeDataString(value.Replace('+', ' ')).Trim();
        return text.Length > EventLimits.TextLength ? text[..EventLimits.TextLength] : text;
    }
}
