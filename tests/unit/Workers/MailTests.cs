using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Mail;
using SaaS.Analytics.Workers.Messaging;

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
        await DueAsync(id);
        await SendAllAsync(sender);
        Assert.NotNull((await MailsAsync([id])).Single().SentAt);
        Assert.Equal("later", Assert.Single(sink.Mails).Subject);
    }

    [Fact]
    public async Task A_stop_between_the_servers_word_and_ours_sends_nothing_twice()
    {
        var taken = new TaskCompletionSource();
        using var sink = new SmtpSink { BeforeTaken = taken.Task };
        using var stop = new CancellationTokenSource();
        var id = await WriteAsync("once");
        var sending = Sender(sink.Url).SendNextAsync(false, stop.Token);
        await Eventually.TrueAsync(() => !sink.Mails.IsEmpty, "the server has the mail");
        await stop.CancelAsync();
        taken.SetResult();
        Assert.True(await sending);
        Assert.NotNull((await MailsAsync([id])).Single().SentAt);
    }

    [Fact]
    public async Task A_stop_lets_go_of_a_receiver_that_is_not_accepted_yet()
    {
        using var sink = new SmtpSink();
        using var stop = new CancellationTokenSource();
        var id = await WriteAsync("later", "hangs@example.com");
        var sending = Sender(sink.Url).SendNextAsync(false, stop.Token);
        await Eventually.TrueAsync(() => !sink.Hanging.IsEmpty, "the server hangs");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        var mail = (await MailsAsync([id])).Single();
        Assert.Equal((0, null, null), (mail.Attempts, mail.LastError, mail.SentAt));
        await ForgetAsync(id);
    }

    [Fact]
    public async Task Receivers_whose_server_hangs_delay_no_mail_that_is_written_later()
    {
        using var sink = new SmtpSink();
        using var loop = new OutboxLoop(Sender(sink.Url), new OutboxNotice(new Factory(stack), NullLogger<OutboxNotice>.Instance),
            new RowSignals(Options.Create(new PostgresSettings { App = stack.Postgres.App, System = stack.Postgres.System }), TimeProvider.System),
            new Patience(TimeProvider.System, NullLogger<Patience>.Instance), Options.Create(new MailSettings { Smtp = sink.Url }));
        Guid[] dead = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(i => WriteAsync("dead", $"hangs{i}@example.com")))];
        await loop.StartAsync(default);
        await Eventually.TrueAsync(() => sink.Hanging.Count >= 5, "all of them hang");
        var id = await WriteAsync("alive");
        await Eventually.TrueAsync(async () => (await MailsAsync([id])).Single().SentAt is not null, "the other is sent");
        Assert.All(await MailsAsync(dead), m => Assert.Equal(0, m.Attempts));
        await Eventually.TrueAsync(async () => (await MailsAsync(dead)).All(m => m.LastError is not null), "they are given up for now");
        await loop.StopAsync(default);
        Assert.All(await MailsAsync(dead), m => Assert.Contains("did not answer in time", m.LastError));
        await ForgetAsync(dead);
    }

    [Fact]
    public async Task A_mail_that_the_server_will_never_take_is_not_tried_again()
    {
        using var sink = new SmtpSink();
        var id = await WriteAsync("never", "unknown@example.com");
        await SendAllAsync(Sender(sink.Url));
        var mail = (await MailsAsync([id])).Single();
        Assert.NotNull(mail.FailedAt);
        Assert.Contains("no such user", mail.LastError);
        await DueAsync(id);
        await SendAllAsync(Sender(sink.Url));
        Assert.Equal(1, (await MailsAsync([id])).Single().Attempts);
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task Tries_come_further_apart_and_end_after_three_days()
    {
        using var sink = new SmtpSink(refusals: 12);
        var id = await WriteAsync("some day");
        foreach (var seconds in (int[])[10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600])
        {
            await SendAllAsync(Sender(sink.Url));
            var mail = (await MailsAsync([id])).Single();
            Assert.InRange((mail.DueAt - DateTime.UtcNow).TotalSeconds, seconds - 9, seconds);
            Assert.Null(mail.FailedAt);
            await DueAsync(id);
        }
        await using (var db = stack.Database())
            await db.Database.ExecuteSqlAsync($"UPDATE outbox_mails SET created_at = now() - interval '73 hours' WHERE id = {id}");
        await SendAllAsync(Sender(sink.Url));
        Assert.NotNull((await MailsAsync([id])).Single().FailedAt);
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
        await ForgetAsync(id);
    }

    async Task DueAsync(Guid id)
    {
        await using var db = stack.Database();
        await db.Outbox.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, DateTime.UtcNow.AddSeconds(-1)));
    }

    async Task ForgetAsync(params Guid[] ids)
    {
        await using var db = stack.Database();
        await db.Outbox.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync();
    }

    async Task<Guid> WriteAsync(string subject, string to = "a@example.com")
    {
        await using var db = stack.Database();
        var mail = new OutboxMail
        {
            To = to, Subject = subject, Text = "text ☃", Html = "<p>html ☃</p>", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow,
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
        while (await sender.SendNextAsync(false, default)) { }
    }

    sealed class Factory(WorkerStack stack) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() => stack.Database();
    }
}
