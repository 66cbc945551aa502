using System.Text.Json;
using System.Text.RegularExpressions;
using SaaS.Analytics.Events;
using SaaS.Analytics.Tests.Pipeline;
using Xunit.Abstractions;

namespace SaaS.Analytics.Tests.Events;

public partial class WebUrlTests(ITestOutputHelper output)
{
    [CorpusTheory("url")]
    [InlineData(248)]
    public void Http_addresses_are_what_the_URL_standard_says(int bar)
    {
        var cases = Cases().Where(c => Href(c)?.StartsWith("http", StringComparison.Ordinal) == true).ToList();
        var wrong = cases.Where(c => Parse(c)?.Href != Href(c)).ToList();
        Tell("http(s)", cases.Count, wrong);
        Assert.True(cases.Count - wrong.Count >= bar, $"{wrong.Count} of {cases.Count} differ.");
    }

    [CorpusTheory("url")]
    [InlineData(267)]
    public void What_is_no_address_is_refused(int bar)
    {
        var cases = Cases().Where(c => Href(c) is null).ToList();
        var wrong = cases.Where(c => Parse(c) is not null).ToList();
        Tell("refused", cases.Count, wrong);
        Assert.True(cases.Count - wrong.Count >= bar, $"{wrong.Count} of {cases.Count} differ.");
    }

    [CorpusTheory("url")]
    [InlineData(334)]
    public void Other_schemes_are_what_the_URL_standard_says(int bar)
    {
        var cases = Cases().Where(c => Href(c)?.StartsWith("http", StringComparison.Ordinal) == false).ToList();
        var wrong = cases.Where(c => Parse(c)?.Href != Href(c)).ToList();
        Tell("other schemes", cases.Count, wrong);
        Assert.True(cases.Count - wrong.Count >= bar, $"{wrong.Count} of {cases.Count} differ.");
    }

    void Tell(string what, int count, List<JsonElement> wrong)
    {
        output.WriteLine($"{what}: {count - wrong.Count} of {count} agree.");
        foreach (var c in wrong)
            output.WriteLine($"{c.GetProperty("input").GetRawText()} on {Base(c)}: {Href(c) ?? "failure"}, got {Parse(c)?.Href ?? "failure"}");
    }

    static WebUrl? Parse(JsonElement c) =>
        Base(c) is { } from ? WebUrl.Parse(from) is { } b ? WebUrl.Parse(Input(c), b) : null : WebUrl.Parse(Input(c));

    static string? Base(JsonElement c) => c.TryGetProperty("base", out var from) ? from.GetString() : null;

    static string? Href(JsonElement c) => c.TryGetProperty("href", out var href) ? href.GetString() : null;

    /// <summary>Half a surrogate pair, which no .NET string of JSON may hold, is what a browser makes of it: U+FFFD.</summary>
    static string Input(JsonElement c)
    {
        try
        {
            return c.GetProperty("input").GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Escape().Replace(c.GetProperty("input").GetRawText()[1..^1], Character);
        }
    }

    static string Character(Match escape) =>
        (char)Convert.ToInt32(escape.Groups[1].Value, 16) is var c && char.IsSurrogate(c) ? "\uFFFD" : c.ToString();

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();

    static IEnumerable<JsonElement> Cases() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(CorpusTheoryAttribute.Folder, "url/urltestdata.json"))).RootElement
            .EnumerateArray().Where(c => c.ValueKind == JsonValueKind.Object);
}
