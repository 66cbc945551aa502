using System.Text.Json;

namespace SaaS.Analytics.Alerts;

/// <summary>
/// The body of an incoming webhook of Slack and of what speaks its language: Block Kit, in which everything is plain text, so that
/// nothing in it becomes a link, a mention or a mark. Its limits: 150 characters of a header, ten fields of a section.
/// </summary>
static class SlackMessage
{
    const int LongestHeader = 150;
    const int MostFields = 10;

    public static string Of(AlertNews news) => JsonSerializer.Serialize(new
    {
        text = Escaped(news.Alert.Title),
        blocks = (object[])
        [
            new { type = "header", text = Plain(news.Alert.Title.Length <= LongestHeader ? news.Alert.Title : news.Alert.Title[..(LongestHeader - 1)] + "…") },
            .. news.Facts.Chunk(MostFields).Select(part => new { type = "section", fields = part.Select(f => Plain($"{f.Name}\n{f.Value}")) }),
            new { type = "actions", elements = (object[])[new { type = "button", text = Plain(news.LinkWords), url = news.Url }] },
            new { type = "context", elements = (object[])[Plain($"{news.Rule.Rule.Name} · {news.Rule.Domain} · {news.Alert.Severity}")] },
        ],
    });

    static object Plain(string text) => new { type = "plain_text", text, emoji = false };

    /// <summary>The line of the notification is the only one in which Slack looks for marks.</summary>
    static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
