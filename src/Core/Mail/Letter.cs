using System.Net;
using System.Text;

namespace SaaS.Analytics.Mail;

/// <summary>A mail as it is written: paragraphs and at most a few links, rendered as text and as HTML of the same words.</summary>
public sealed class Letter(string subject)
{
    readonly StringBuilder text = new();
    readonly StringBuilder html = new();

    public Letter Say(string paragraph)
    {
        text.Append(paragraph).Append("\n\n");
        html.Append("<p style=\"margin:0 0 16px\">").Append(WebUtility.HtmlEncode(paragraph)).Append("</p>\n");
        return this;
    }

    public Letter Link(string label, string url)
    {
        var href = WebUtility.HtmlEncode(url);
        text.Append(label).Append(":\n").Append(url).Append("\n\n");
        html.Append("<p style=\"margin:0 0 16px\"><a href=\"").Append(href)
            .Append("\" style=\"display:inline-block;padding:10px 18px;border-radius:8px;background:#4f46e5;color:#ffffff;text-decoration:none\">")
            .Append(WebUtility.HtmlEncode(label)).Append("</a></p>\n<p style=\"margin:0 0 16px;font-size:12px;color:#667085;word-break:break-all\">")
            .Append(href).Append("</p>\n");
        return this;
    }

    /// <param name="to">Address of the receiver.</param>
    /// <param name="now">Time of writing; the mail is due at once.</param>
    /// <param name="tenantId">Null where the receiver has no tenant yet.</param>
    public OutboxMail To(string to, DateTime now, Guid? tenantId = null) => new()
    {
        TenantId = tenantId,
        To = to,
        Subject = subject,
        Text = text.ToString().TrimEnd() + "\n",
        Html = Frame(),
        CreatedAt = now,
        DueAt = now,
    };

    string Frame() => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(subject)}</title></head>
        <body style="margin:0;padding:32px 16px;background:#f7f7fa;font:16px/1.5 system-ui,sans-serif;color:#1d2233">
        <div style="max-width:520px;margin:0 auto;padding:32px;border-radius:8px;background:#ffffff">
        {html}</div></body></html>
        """;
}
