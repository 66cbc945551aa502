using System.Net;
using System.Text;

namespace SaaS.Analytics.Mail;

/// <summary>
/// A mail as it is written: paragraphs, facts and at most a few links, rendered as text and as HTML of the same words.
/// Everything is escaped; nothing but <see cref="Link"/> and <see cref="Stop"/> makes a link.
/// </summary>
public sealed class Letter(string subject)
{
    readonly StringBuilder text = new();
    readonly StringBuilder html = new();
    readonly StringBuilder footText = new();
    readonly StringBuilder footHtml = new();
    string? unsubscribeUrl;

    public Letter Say(string paragraph)
    {
        text.Append(paragraph).Append("\n\n");
        html.Append("<p style=\"margin:0 0 16px\">").Append(WebUtility.HtmlEncode(paragraph)).Append("</p>\n");
        return this;
    }

    public Letter Title(string line)
    {
        text.Append(line).Append('\n').Append('=', Math.Min(line.Length, 60)).Append("\n\n");
        html.Append("<h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">").Append(WebUtility.HtmlEncode(line)).Append("</h1>\n");
        return this;
    }

    /// <summary>Names and what they are; those without a value are left out.</summary>
    public Letter Facts(IEnumerable<(string Name, string Value)> facts)
    {
        html.Append("<table role=\"presentation\" style=\"margin:0 0 16px;border-collapse:collapse\">\n");
        foreach (var (name, value) in facts.Where(f => f.Value.Length > 0))
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
            html.Append("<tr><td class=\"soft\" style=\"padding:4px 16px 4px 0;color:#565d70;vertical-align:top\">").Append(WebUtility.HtmlEncode(name))
                .Append("</td><td style=\"padding:4px 0;word-break:break-word\">").Append(WebUtility.HtmlEncode(value)).Append("</td></tr>\n");
        }
        text.Append('\n');
        html.Append("</table>\n");
        return this;
    }

    /// <summary>A table: the first column to the left, the others to the right.</summary>
    public Letter Table(string[] head, IReadOnlyList<string[]> rows)
    {
        html.Append("<table role=\"presentation\" style=\"width:100%;margin:0 0 20px;border-collapse:collapse;font-size:14px\">\n").Append(Row(head, "th", "color:#565d70;font-weight:600"));
        foreach (var row in rows)
        {
            html.Append(Row(row, "td", ""));
            text.Append(string.Join("   ", row.Select((cell, i) => i == 0 ? cell.PadRight(24) : cell))).Append('\n');
        }
        text.Append('\n');
        html.Append("</table>\n");
        return this;
    }

    public Letter Link(string label, string url)
    {
        var href = WebUtility.HtmlEncode(url);
        text.Append(label).Append(":\n").Append(url).Append("\n\n");
        html.Append("<p style=\"margin:0 0 16px\"><a href=\"").Append(href)
            .Append("\" style=\"display:inline-block;padding:10px 18px;border-radius:8px;background:#4f46e5;color:#ffffff;text-decoration:none\">")
            .Append(WebUtility.HtmlEncode(label)).Append("</a></p>\n<p class=\"soft\" style=\"margin:0 0 16px;font-size:12px;color:#565d70;word-break:break-all\">")
            .Append(href).Append("</p>\n");
        return this;
    }

    /// <summary>Why the receiver gets this, and where it ends; the address takes a POST too (RFC 8058).</summary>
    public Letter Stop(string why, string url)
    {
        unsubscribeUrl = url;
        footText.Append("-- \n").Append(why).Append("\nStop these mails: ").Append(url).Append('\n');
        footHtml.Append("<p class=\"soft\" style=\"max-width:520px;margin:16px auto 0;font-size:12px;color:#565d70\">").Append(WebUtility.HtmlEncode(why))
            .Append(" <a href=\"").Append(WebUtility.HtmlEncode(url)).Append("\" class=\"soft\" style=\"color:#565d70\">Stop these mails</a></p>\n");
        return this;
    }

    /// <param name="to">Address of the receiver.</param>
    /// <param name="now">Time of writing; the mail is due at once.</param>
    /// <param name="tenantId">Null where the receiver has no tenant yet.</param>
    /// <param name="id">What the Message-ID is made of; null: a new one.</param>
    public OutboxMail To(string to, DateTime now, Guid? tenantId = null, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        TenantId = tenantId,
        To = to,
        Subject = subject,
        Text = text.ToString().TrimEnd() + "\n" + (footText.Length > 0 ? "\n" + footText : ""),
        Html = Frame(),
        CreatedAt = now,
        DueAt = now,
        UnsubscribeUrl = unsubscribeUrl,
    };

    /// <summary>Colours stand in the elements, as many programs read nothing else; those that know dark mode find theirs in the head.</summary>
    string Frame() => $$$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
        <title>{{{WebUtility.HtmlEncode(subject)}}}</title>
        <style>@media (prefers-color-scheme:dark){.page{background:#0e1016!important;color:#e9ebf2!important}.sheet{background:#161922!important}.soft{color:#a2a9bb!important}}</style></head>
        <body class="page" style="margin:0;padding:32px 16px;background:#f7f7fa;font:16px/1.5 system-ui,sans-serif;color:#1d2233">
        <div class="sheet" style="max-width:520px;margin:0 auto;padding:32px;border-radius:8px;background:#ffffff">
        {{{html}}}</div>{{{footHtml}}}</body></html>
        """;

    static string Row(string[] cells, string tag, string style) => "<tr>" + string.Concat(cells.Select((cell, i) =>
        $"<{tag} style=\"padding:6px 0;border-bottom:1px solid #e3e5ec;text-align:{(i == 0 ? "left" : "right")};{style}\">{WebUtility.HtmlEncode(cell)}</{tag}>")) + "</tr>\n";
}
