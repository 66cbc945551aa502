using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>
/// Hands a mail to the SMTP server of <see cref="MailSettings.Smtp"/>. Until the server has accepted the receiver a stop lets go
/// of it; from then on it is finished, as the server may take it while nobody hears of it.
/// </summary>
public sealed class SmtpDelivery(IOptions<MailSettings> settings)
{
    /// <summary>For everything up to the acceptance of the receiver.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>For the text: who gives up on a server that only thinks long about it sends it twice.</summary>
    static readonly TimeSpan TextLimit = TimeSpan.FromMinutes(1);
    static readonly TimeSpan QuitLimit = TimeSpan.FromSeconds(1);

    /// <exception cref="TimeoutException">The server hangs.</exception>
    public async Task SendAsync(OutboxMail mail, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit);
        await using var stop = cancel.Register(limit.Cancel);
        using var client = new Client(() => { stop.Unregister(); limit.CancelAfter(TextLimit); }) { Timeout = (int)TextLimit.TotalMilliseconds };
        try
        {
            await SendAsync(client, Message(mail), limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The mail server did not answer in time.", e);
        }
        limit.CancelAfter(QuitLimit);
        await client.DisconnectAsync(quit: true, limit.Token);
    }

    async Task SendAsync(Client client, MimeMessage message, CancellationToken cancel)
    {
        var server = new Uri(settings.Value.Smtp);
        await client.ConnectAsync(server.Host, Port(server), Security(server), cancel);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancel);
        await client.SendAsync(message, cancel);
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

    /// <summary>Says when the text is about to be sent.</summary>
    sealed class Client(Action accepted) : SmtpClient
    {
        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            base.OnRecipientAccepted(message, mailbox, response);
            accepted();
        }
    }
}
