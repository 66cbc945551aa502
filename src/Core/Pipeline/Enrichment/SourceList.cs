using System.Text.Json;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>A known source of visits.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Category"><c>search</c>, <c>social</c>, <c>video</c>, <c>shopping</c>, <c>email</c>, <c>ai</c>, …; empty when unknown.</param>
public sealed record Source(string Name, string Category);

/// <summary>Known sources by host and by tag; the list is <c>sources.json</c>.</summary>
public sealed class SourceList
{
    static readonly Source None = new("", "");
    static readonly string[] SecondLevels = ["co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"];

    readonly Dictionary<string, Source> hosts = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Source> tags = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The list that comes with the product.</summary>
    public static SourceList Load()
    {
        var list = new SourceList();
        using var stream = typeof(SourceList).Assembly.GetManifestResourceStream("sources.json")!;
        foreach (var entry in JsonSerializer.Deserialize<List<Entry>>(stream, JsonSerializerOptions.Web)!)
            list.Add(entry);
        return list;
    }

    /// <param name="tag">Value of <c>utm_source</c>, <c>source</c> or <c>ref</c>; kept as it is when unknown.</param>
    public Source OfTag(string tag) =>
        tags.TryGetValue(tag, out var source) ? source
        : tag.Contains('.') && Find(tag) is { } known ? known
        : new Source(tag, "");

    /// <param name="host">Referrer's host; is its own name when unknown.</param>
    public Source OfHost(string host) => host.Length == 0 ? None : Find(host) ?? new Source(host, "");

    /// <summary>The host itself, then its parents; each also with any ending (<c>google.*</c> is google.de and google.co.uk).</summary>
    Source? Find(string host)
    {
        for (var rest = host; ; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (hosts.TryGetValue(rest, out var source) || hosts.TryGetValue(WithoutEnding(rest) + ".*", out source))
                return source;
            if (!rest.Contains('.'))
                return null;
        }
    }

    static string WithoutEnding(string host)
    {
        var name = host[..Math.Max(0, host.LastIndexOf('.'))];
        var dot = name.LastIndexOf('.');
        return dot > 0 && SecondLevels.Contains(name[(dot + 1)..]) ? name[..dot] : name;
    }

    void Add(Entry entry)
    {
        var source = new Source(entry.Name, entry.Category);
        foreach (var host in entry.Hosts)
            hosts.Add(host, source);
        tags.TryAdd(entry.Name, source);
        foreach (var tag in entry.Tags ?? [])
            tags[tag] = source;
    }

    sealed record Entry(string Name, string Category, string[] Hosts, string[]? Tags);
}
