using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Takes the URL apart: scheme, host in lower case as sent, path, query without tracking parameters, fragment. The
/// parameters that other steps read are kept aside.
/// </summary>
sealed class UrlCleanUp : IEventStep
{
    public void Apply(EventContext e)
    {
        if (e.Event.Url.Length == 0)
            return;
        if (Uri.TryCreate(e.Event.Url, UriKind.Absolute, out var url))
            Take(e, url);
        else
            e.Row.Notes = e.Row.Notes.Length == 0 ? "url_not_parsed" : e.Row.Notes + ",url_not_parsed";
    }

    static void Take(EventContext e, Uri url)
    {
        (e.Row.Scheme, e.Row.Hostname) = (url.Scheme, url.Host.ToLowerInvariant());
        e.Row.Path = url.AbsolutePath;
        e.Row.Fragment = url.Fragment.Length > 1 ? url.Fragment[1..] : "";
        var query = url.Query.Length > 1 ? url.Query[1..] : "";
        if (query.Length > 0)
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
