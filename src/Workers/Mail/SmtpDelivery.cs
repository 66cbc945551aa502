using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>Hands a mail to the SMTP server of <see cref="MailSettings.Smtp"/>.</summary>
public sealed class SmtpDelivery(IOptions<MailSettings> settings)
{
    const int TimeoutMs = 30_000;

    public async Task SendAsync(OutboxMail mail, CancellationToken cancel)
    {
        var server = new Uri(settings.Value.Smtp);
        using var client = new SmtpClient { Timeout = TimeoutMs };
        await client.ConnectAsync(server.Host, Port(server), Security(server), cancel);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancel);
        await client.SendAsync(Message(mail), cancel);
        await client.DisconnectAsync(quit: true, cancel);
    }

    MimeMessage Message(OutboxMail mail)
    {
        var message = new MimeMessage { Subject = mail.Subject, MessageId = $"{mail.Id:N}@{Domain}", Date = new DateTimeOffset(mail.CreatedAt, TimeSpan.Zero) };
        message.From.Add(MailboxAddress.Parse(settings.Value.From));
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody();
        if (mail.UnsubscribeUrl is { } stop)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    string Domain => MailboxAddress.Parse(settings.Value.From).Domain;

    static bool IsTls(Uri server) => server.Scheme == "smtps";

    static int Port(Uri server) => server.Port > 0 ? server.Port : IsTls(server) ? 465 : 25;

    /// <summary>With a password the connection must be encrypted, except on this machine.</summary>
    static SecureSocketOptions Security(Uri server) =>
        IsTls(server) ? SecureSocketOptions.SslOnConnect
        : server.UserInfo.Length > 0 && !server.IsLoopback ? SecureSocketOptions.StartTls
        : SecureSocketOptions.StartTlsWhenAvailable;
}
