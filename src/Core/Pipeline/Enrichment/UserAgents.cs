namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>What a user agent tells.</summary>
sealed record UserAgentFacts(
    string Browser, string BrowserVersion, string Os, string OsVersion, string DeviceType, string BotName, string BotReason)
{
    public static readonly UserAgentFacts None = new("", "", "", "", "", "", "");
}

/// <summary>The facts of a user agent, remembered by its exact text. Thread-safe.</summary>
sealed class UserAgents
{
    const int Remembered = 20_000;

    readonly Lazy<UserAgentParser> parser = new(() => new UserAgentParser(DataFiles.Find(DataFiles.UserAgentRegexes)));
    readonly Lazy<CrawlerList> crawlers = new(() => new CrawlerList(DataFiles.Find(DataFiles.Crawlers)));
    readonly RecentCache<string, UserAgentFacts> known = new(Remembered);
    readonly Lock @lock = new();

    public UserAgentFacts Of(string userAgent)
    {
        if (userAgent.Length == 0)
            return UserAgentFacts.None;
        lock (@lock)
            if (known.TryGet(userAgent, out var facts))
                return facts;
        var parsed = Parse(userAgent);
        lock (@lock)
            known.Set(userAgent, parsed);
        return parsed;
    }

    public void Warm() => Parse("Mozilla/5.0");

    UserAgentFacts Parse(string userAgent)
    {
        var browser = parser.Value.Browser(userAgent);
        var os = parser.Value.System(userAgent);
        var bot = crawlers.Value.Find(userAgent) ?? ("", "");
        var family = Family(os);
        return new(Family(browser), Version(browser), family, Version(os), DeviceTypes.Of(userAgent, family), bot.Item1, bot.Item2);
    }

    static string Family(string?[] fields) => fields[0] is null or "Other" ? "" : fields[0]!;

    /// <summary>Major and minor: what is after them changes too often to be compared.</summary>
    static string Version(string?[] fields) =>
        fields[1] is null ? "" : fields[2] is null ? fields[1]! : $"{fields[1]}.{fields[2]}";
}
