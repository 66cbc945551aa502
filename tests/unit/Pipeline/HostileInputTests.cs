using System.Text.Json;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Enrichment;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>Whatever clients send, no step throws and texts that are only kept stay as they are.</summary>
public class HostileInputTests
{
    [CorpusTheory("url")]
    [InlineData("url/urltestdata.json")]
    [InlineData("naughty-strings/blns.json")]
    public void Nothing_makes_a_step_throw(string file)
    {
        var texts = Texts(JsonDocument.Parse(File.ReadAllText(Path.Combine(CorpusTheoryAttribute.Folder, file))).RootElement).ToList();
        var events = texts.Select((text, i) => With(text, i)).ToArray();
        var result = Processor.Process(Guid.CreateVersion7(), Chunk(events, receivedAt: 1), new PartitionState(), Sites, 1);
        Assert.Empty(result.Faults);
        Assert.Equal(texts.Select(PersonalData.Mask), result.Events.Select(e => e.Title));
        Assert.True(file.StartsWith("url", StringComparison.Ordinal) || texts.All(t => PersonalData.Mask(t) == t));
        Assert.Equal(texts, result.Events.Select(e => e.Props[0].Value));
    }

    static IEnumerable<string> Texts(JsonElement file) => file.EnumerateArray()
        .Select(e => e.ValueKind == JsonValueKind.Object ? e.GetProperty("input") : e)
        .Where(e => e.ValueKind == JsonValueKind.String).Select(Text);

    /// <summary>Some cases hold half a surrogate pair, which no .NET string reader accepts: it is the JSON text then.</summary>
    static string Text(JsonElement e)
    {
        try
        {
            return e.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return e.GetRawText();
        }
    }

    static CollectedEvent With(string text, int i) => new()
    {
        Id = Guid.NewGuid(), Name = i % 2 == 0 ? EventNames.PageView : text, Timestamp = Noon, ClientTimestamp = Noon, CookielessId = 1,
        Url = i % 3 == 0 ? "https://example.com/?utm_source=" + text : text, Referrer = text, Title = text, UserAgent = text,
        Props = [new("text", text)], UserId = text, UserIdHash = 5,
    };
}
