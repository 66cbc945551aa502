using System.Text.Json;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Says which user agents are programs: the crawler list of npm <c>crawler-user-agents</c>, then a few words. Thread-safe.</summary>
public sealed partial class CrawlerList
{
    /// <summary>Far above what a bounded text needs, even on a busy machine: the result must not depend on the load.</summary>
    static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Entries of the list that people's programs match: apps with a browser inside, an Android build, an assistant asked by a person.</summary>
    static readonly HashSet<string> NotBots =
    [
        "Viber", "Fluid", "Sonic", @"Trae\/", @"Code\/1\.", "MetaIAB Facebook", @"AP3A\.240617\.008", "Amzn-User",
    ];

    readonly Regex[] patterns;

    /// <param name="path">Path of <c>crawler-user-agents.json</c>.</param>
    public CrawlerList(string path)
    {
        using var file = File.OpenRead(path);
        patterns = [.. JsonSerializer.Deserialize<List<Entry>>(file, JsonSerializerOptions.Web)!
            .Where(e => !NotBots.Contains(e.Pattern))
            .Select(e => new Regex($"(?<![A-Za-z])(?:{e.Pattern})", RegexOptions.CultureInvariant, MatchTimeout))];
    }

    /// <returns>What matched and why; null for what looks like a person's browser.</returns>
    public (string Name, string Reason)? Find(string userAgent)
    {
        var text = userAgent.Length > UserAgentParser.MaxLength ? userAgent[..UserAgentParser.MaxLength] : userAgent;
        foreach (var pattern in patterns)
            if (pattern.Match(text) is { Success: true } match)
                return (Name(match.Value), "crawler_list");
        return Words().Match(text) is { Success: true } word ? (Name(word.Value), "crawler_word") : null;
    }

    static string Name(string match) => match.Trim(' ', '/', '(', ')', ';', '+', '-');

    [GeneratedRegex(@"[\w-]*((?<!cu)bots?\b|crawler|spider|scraper|headless|phantomjs|puppeteer|playwright|selenium)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    sealed record Entry(string Pattern);
}
