using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Workers.Mail;

namespace SaaS.Analytics.Tests.Workers;

public sealed class MailTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    [Fact]
    public async Task A_mail_in_the_outbox_is_sent_without_delay_by_one_of_two_workers()
    {
        using var sink = new SmtpSink();
        stack.Smtp = sink.Url;
        await using var one = await WorkerHost.StartAsync(stack, name: "m1");
        await using var two = await WorkerHost.StartAsync(stack, name: "m2");
        Guid[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(i => WriteAsync($"Grüße {i}")))];
        await Eventually.TrueAsync(async () => (await MailsAsync(ids)).All(m => m.SentAt is not null), "all sent");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"Grüße {i}").Order(), sink.Mails.Select(m => m.Subject).Order());
        var mail = sink.Mails.First();
        Assert.Equal(("a@example.com", "analytics@localhost"), (mail.To.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Address));
        Assert.Equal(("text ☃", "<p>html ☃</p>"), (mail.TextBody!.Trim(), mail.HtmlBody!.Trim()));
    }

    [Fact]
    public async Task A_refused_mail_is_tried_again_later()
    {
        using var sink = new SmtpSink(refusals: 1);
        var id = await WriteAsync("later");
        var sender = Sender(sink.Url);
        await SendAllAsync(sender);
        var mail = (await MailsAsync([id])).Single();
        Assert.Null(mail.SentAt);
        Assert.Equal(1, mail.Attempts);
        Assert.Contains("try again", mail.LastError);
        Assert.True(mail.DueAt > DateTime.UtcNow);
        await using (var db = stack.Database())
            await db.Outbox.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, DateTime.UtcNow.AddSeconds(-1)));
        await SendAllAsync(sender);
        Assert.NotNull((await MailsAsync([id])).Single().SentAt);
        Assert.Equal("later", Assert.Single(sink.Mails).Subject);
    }

    [Fact]
    public async Task Without_a_server_a_mail_stays_and_is_mentioned_once()
    {
        var id = await WriteAsync("stays");
        var notice = new OutboxNotice(new Factory(stack), NullLogger<OutboxNotice>.Instance);
        Assert.True(await notice.LogNewAsync(default) >= 1);
        Assert.Equal(0, await notice.LogNewAsync(default));
        var mail = (await MailsAsync([id])).Single();
        Assert.Equal((null, OutboxNotice.Reason), (mail.SentAt, mail.LastError));
        await using var db = stack.Database();
        await db.Outbox.Where(m => m.Id == id).ExecuteDeleteAsync();
    }

    async Task<Guid> WriteAsync(string subject)
    {
        await using var db = stack.Database();
        var mail = new OutboxMail
        {
            To = "a@example.com", Subject = subject, Text = "text ☃", Html = "<p>html ☃</p>", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow,
        };
        db.Add(mail);
        await db.SaveChangesAsync();
        return mail.Id;
    }

    async Task<List<OutboxMail>> MailsAsync(Guid[] ids)
    {
        await using var db = stack.Database();
        return await db.Outbox.AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync();
    }

    OutboxSender Sender(string smtp) => new(
        new Factory(stack), new SmtpDelivery(Options.Create(new MailSettings { Smtp = smtp })), TimeProvider.System, NullLogger<OutboxSender>.Instance);

    static async Task SendAllAsync(OutboxSender sender)
    {
        while (await sender.SendNextAsync(default)) { }
    }

    sealed class Factory(WorkerStack stack) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() => stack.Database();
    }
}
