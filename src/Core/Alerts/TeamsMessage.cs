using System.Text.Json;

namespace SaaS.Analytics.Alerts;

/// <summary>
/// The body of a webhook of Microsoft Teams (a workflow that posts what it is sent): an Adaptive Card 1.4. Its texts are runs, in
/// which Markdown is not read, so that nothing a visitor wrote becomes a link.
/// </summary>
static class TeamsMessage
{
    public static string Of(AlertNews news) => JsonSerializer.Serialize(new
    {
        type = "message",
        attachments = (object[])[new { contentType = "application/vnd.microsoft.card.adaptive", content = Card(news) }],
    });

    static Dictionary<string, object> Card(AlertNews news) => new()
    {
        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
        ["type"] = "AdaptiveCard",
        ["version"] = "1.4",
        ["body"] = (object[])
        [
            Line(Run(news.Alert.Title, "Bolder", "Large")),
            .. news.Facts.Select(f => Line(Run(f.Name + ": ", "Bolder"), Run(f.Value))),
            Line(Run($"{news.Rule.Rule.Name} · {news.Rule.Domain} · {news.Alert.Severity}", size: "Small")),
        ],
        ["actions"] = (object[])[new { type = "Action.OpenUrl", title = news.LinkWords, url = news.Url }],
    };

    static object Line(params object[] runs) => new { type = "RichTextBlock", inlines = runs };

    static object Run(string text, string weight = "Default", string size = "Default") => new { type = "TextRun", text, weight, size };
}
