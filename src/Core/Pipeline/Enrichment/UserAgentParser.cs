using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Reads a user agent with ua-parser's <c>regexes.yaml</c>, as its specification says: the first expression that matches wins;
/// before them those of <c>newer-agents.yaml</c>, of what came after the last release. Slow (about a millisecond), so cache what it says. Thread-safe.
/// </summary>
public sealed class UserAgentParser
{
    /// <summary>Longer user agents are cut: no real one is longer, and it bounds what an expression can cost.</summary>
    public const int MaxLength = 1024;

    readonly UserAgentRule[] browsers;
    readonly UserAgentRule[] systems;
    readonly Lazy<UserAgentRule[]> devices;

    /// <param name="path">Path of <c>regexes.yaml</c>.</param>
    public UserAgentParser(string path)
    {
        using var file = File.OpenText(path);
        using var own = new StreamReader(typeof(UserAgentParser).Assembly.GetManifestResourceStream("newer-agents.yaml")!);
        var (newer, shipped) = (Read(own), Read(file));
        List<Dictionary<string, string>> Rules(string section) => [.. newer[section], .. shipped[section]];
        browsers = Compile(Rules("user_agent_parsers"), "family_replacement", "v1_replacement", "v2_replacement", "v3_replacement");
        systems = Compile(
            Rules("os_parsers"), "os_replacement", "os_v1_replacement", "os_v2_replacement", "os_v3_replacement", "os_v4_replacement");
        devices = new(() => Compile(Rules("device_parsers"), "device_replacement", "brand_replacement", "model_replacement"));
    }

    /// <returns>Family (<c>Other</c> when unknown), major, minor and patch version; null where there is none.</returns>
    public string?[] Browser(string userAgent) => First(browsers, userAgent) ?? ["Other", null, null, null];

    /// <returns>Family (<c>Other</c> when unknown), major, minor, patch and minor patch version.</returns>
    public string?[] System(string userAgent) => First(systems, userAgent) ?? ["Other", null, null, null, null];

    /// <returns>Family (<c>Other</c> when unknown), brand and model.</returns>
    public string?[] Device(string userAgent)
    {
        var text = Cut(userAgent);
        foreach (var rule in devices.Value)
            if (rule.Match(text) is { } match)
                return [rule.Field(match, 0, 1), rule.Field(match, 1, 0), rule.Field(match, 2, 1)];
        return ["Other", null, null];
    }

    static string?[]? First(UserAgentRule[] rules, string userAgent)
    {
        var text = Cut(userAgent);
        foreach (var rule in rules)
            if (rule.Match(text) is { } match)
                return rule.Fields(match);
        return null;
    }

    static string Cut(string userAgent) => userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;

    static Dictionary<string, List<Dictionary<string, string>>> Read(TextReader yaml) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Dictionary<string, string>>>>(yaml);

    static UserAgentRule[] Compile(List<Dictionary<string, string>> rules, params string[] replacements) =>
        [.. rules.Select(r => new UserAgentRule(
            r["regex"], r.GetValueOrDefault("regex_flag") == "i", [.. replacements.Select(r.GetValueOrDefault)]))];
}

/// <summary>One expression of ua-parser and what it puts in place of its groups.</summary>
sealed class UserAgentRule(string pattern, bool ignoreCase, string?[] replacements)
{
    /// <summary>Far above what a bounded text needs, even on a busy machine: the result must not depend on the load.</summary>
    static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(2);

    readonly Regex regex = new(
        pattern, RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), MatchTimeout);

    /// <returns>Null where it does not match, or takes too long to.</returns>
    public Match? Match(string text)
    {
        try
        {
            return regex.Match(text) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Field 0 from group 1, field 1 from group 2 and so on.</summary>
    public string?[] Fields(Match match) => [.. replacements.Select((_, i) => Field(match, i, i + 1))];

    /// <param name="match">Of this rule.</param>
    /// <param name="field">Whose replacement is used.</param>
    /// <param name="group">What the field is without a replacement; 0 for nothing.</param>
    public string? Field(Match match, int field, int group)
    {
        var text = replacements[field] is { } replacement ? Expand(replacement, match) : group == 0 ? "" : match.Groups[group].Value;
        text = text.Trim();
        return text.Length == 0 ? null : text;
    }

    static string Expand(string replacement, Match match)
    {
        for (var group = 1; group <= 9 && replacement.Contains('$'); group++)
            replacement = replacement.Replace($"${group}", match.Groups[group].Value);
        return replacement;
    }
}
