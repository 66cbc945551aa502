using Microsoft.Extensions.Logging;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>What a user agent tells.</summary>
sealed record UserAgentFacts(
    string Browser, string BrowserVersion, string Os, string OsVersion, DeviceFacts Device, string BotName, string BotReason)
{
    public static readonly UserAgentFacts None = new("", "", "", "", DeviceFacts.None, "", "");

    /// <summary>There are too many new ones to read them all.</summary>
    public static readonly UserAgentFacts Unparsed = new("", "", "", "", DeviceFacts.None, "", "");

    public void CopyTo(EventRow row)
    {
        (row.Browser, row.BrowserVersion, row.Os, row.OsVersion) = (Browser, BrowserVersion, Os, OsVersion);
        (row.DeviceType, row.DeviceBrand, row.DeviceModel) = (Device.Type, Device.Brand, Device.Model);
    }
}

/// <summary>The facts of a user agent, remembered by its exact text until other data files are there. Thread-safe.</summary>
sealed class UserAgents(DataFolder data, ILogger log)
{
    const int Remembered = 20_000;

    readonly DataFile<UserAgentParser> parsers = data.Open("", [DataFiles.UserAgentRegexes], path => new UserAgentParser(path), log);
    readonly DataFile<CrawlerList> lists = data.Open("", [DataFiles.Crawlers], path => new CrawlerList(path), log);
    readonly Lock @lock = new();
    RecentCache<string, UserAgentFacts> known = new(Remembered);
    (UserAgentParser? Parser, CrawlerList? Crawlers) knownBy;

    /// <summary>The facts of an event's user agent; <see cref="UserAgentFacts.Unparsed"/> where its site has used up its budget.</summary>
    public UserAgentFacts Of(EventContext e) => e.Agent ??= Of(e.Event.UserAgent, e);

    /// <summary>The same without a budget, for what can wait.</summary>
    public UserAgentFacts Of(string userAgent) => Of(userAgent, e: null);

    /// <summary>Who makes a model that a browser named beside its user agent; empty when unknown.</summary>
    public string BrandOf(string model, EventContext e) => Of(DeviceFacts.UserAgentOf(model), e).Device.Brand;

    UserAgentFacts Of(string userAgent, EventContext? e)
    {
        if (userAgent.Length == 0)
            return UserAgentFacts.None;
        var by = (Parser: Required(parsers.Value, DataFiles.UserAgentRegexes), Crawlers: Required(lists.Value, DataFiles.Crawlers));
        lock (@lock)
        {
            if (knownBy != by)
                (known, knownBy) = (new(Remembered), by);
            if (known.TryGet(userAgent, out var facts))
                return facts;
        }
        if (e?.Budget is { } budget && !budget.Allows(e.Row.SiteId, e.Row.ReceivedAt))
            return UserAgentFacts.Unparsed;
        var parsed = Parse(userAgent, by.Parser, by.Crawlers);
        lock (@lock)
            if (knownBy == by)
                known.Set(userAgent, parsed);
        return parsed;
    }

    public void Warm() => Of("Mozilla/5.0", e: null);

    /// <summary>What comes with the program is missing only where it was not built as it should be; the message says what to do.</summary>
    static T Required<T>(T? value, string name) where T : class => value ?? throw new FileNotFoundException(DataFiles.Find(name));

    static UserAgentFacts Parse(string userAgent, UserAgentParser parser, CrawlerList crawlers)
    {
        var browser = parser.Browser(userAgent);
        var os = parser.System(userAgent);
        var bot = crawlers.Find(userAgent) ?? ("", "");
        var family = Family(os);
        var device = bot.Item1.Length > 0 ? new(DeviceTypes.Of(userAgent, family), "", "") : DeviceFacts.Of(userAgent, family, parser);
        return new(Family(browser), Version(browser), family, Version(os), device, bot.Item1, bot.Item2);
    }

    static string Family(string?[] fields) => fields[0] is null or "Other" ? "" : fields[0]!;

    /// <summary>Major and minor: what is after them changes too often to be compared.</summary>
    static string Version(string?[] fields) =>
        fields[1] is null ? "" : fields[2] is null ? fields[1]! : $"{fields[1]}.{fields[2]}";
}
