using Microsoft.EntityFrameworkCore;
using MimeKit;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Events;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Workers;

public sealed class AlertTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    [Fact]
    public async Task A_visitor_who_returns_is_one_mail_however_often_the_chunk_comes()
    {
        using var sink = new SmtpSink();
        stack.Smtp = sink.Url;
        var site = await stack.SiteAsync();
        var rule = await RuleAsync(site, "returning", new() { ["away"] = "1", ["away_unit"] = "hours" });
        var start = TestChunk.Millisecond(DateTime.UtcNow);
        var second = Visit(site, start, "/pricing?utm_campaign=spring&utm_source=news");
        await using (var host = await WorkerHost.StartAsync(stack))
        {
            var first = Visit(site, start.AddHours(-5), "/");
            await host.SendAsync(first);
            await host.FinishedAsync(first.Id);
            for (var i = 0; i < 3; i++) await host.SendAsync(second);
            await host.FinishedAsync(second.Id);
        }
        await using (var next = await WorkerHost.StartAsync(stack))
        {
            await next.SendAsync(second);
            await next.FinishedAsync(second.Id, 1);
            await Eventually.TrueAsync(() => MailsTo(sink, site).Any(), "a mail");
        }
        var mail = Assert.Single(MailsTo(sink, site));
        await using var db = stack.Database();
        var delivery = await db.AlertDeliveries.SingleAsync(d => d.TenantId == site.TenantId);
        Assert.Equal($"{delivery.Id:N}@localhost", mail.MessageId);
        foreach (var word in (string[])["is back on S after 5 hours", "/\u2060pricing", "spring", "number 2", "Visits before:", "Stop these mails:"])
            Assert.Contains(word.Replace("\u2060", ""), mail.TextBody!.Replace("\u2060", ""));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Contains($"&rule={rule}", mail.Headers["List-Unsubscribe"]);
        var alert = await db.Alerts.SingleAsync(a => a.RuleId == rule);
        Assert.Equal(("open", site.Id), (alert.State, alert.SiteId));
    }

    [Fact]
    public async Task The_chunk_is_done_when_its_alerts_are_rows_and_a_visitor_is_not_told_of_twice_within_the_quiet_time()
    {
        var site = await stack.SiteAsync();
        var rule = await RuleAsync(site, "event", new() { ["event"] = "purchase", ["quiet_visitor"] = "24" });
        await using var host = await WorkerHost.StartAsync(stack);
        var start = TestChunk.Millisecond(DateTime.UtcNow);
        for (var i = 0; i < 2; i++)
        {
            var at = start.AddHours(i - 1);
            var chunk = new TestChunk(0, [(site.Id, at, View(site, at, "/buy", "purchase"))]);
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
            await using var db = stack.Database();
            Assert.Equal(1, await db.Alerts.CountAsync(a => a.RuleId == rule));
            var state = await db.Chunks.Where(c => c.CorrelationId == chunk.Id).Select(c => new { c.CurrentState, c.Waiting }).SingleAsync();
            Assert.Equal(("Done", ""), (state.CurrentState, state.Waiting));
        }
    }

    [Fact]
    public async Task Receivers_who_have_not_confirmed_or_have_stopped_get_nothing_and_the_quota_is_kept()
    {
        var site = await stack.SiteAsync();
        await using (var db = stack.Database())
        {
            db.AddRange(Target(site, "unconfirmed@example.com", null), Target(site, "stopped@example.com", DateTime.UtcNow, DateTime.UtcNow));
            db.AddRange(Enumerable.Range(0, 205).Select(i => Target(site, $"r{i}@example.com", DateTime.UtcNow)));
            await db.SaveChangesAsync();
            db.Add(new AlertRule
            {
                TenantId = site.TenantId, SiteId = site.Id, Name = "Many", Kind = "event", Settings = """{"event":"purchase"}""", CreatedAt = DateTime.UtcNow,
                Targets = [.. await db.AlertTargets.Where(t => t.TenantId == site.TenantId).Select(t => t.Id).ToListAsync()],
            });
            await db.SaveChangesAsync();
        }
        stack.Smtp = "";
        await using var host = await WorkerHost.StartAsync(stack);
        var at = TestChunk.Millisecond(DateTime.UtcNow);
        var chunk = new TestChunk(0, [(site.Id, at, View(site, at, "/buy", "purchase"))]);
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        await using var after = stack.Database();
        Assert.Equal(205, await after.AlertDeliveries.CountAsync(d => d.TenantId == site.TenantId));
        Assert.Equal(5, await after.AlertDeliveries.CountAsync(d => d.TenantId == site.TenantId && d.FailedAt != null && d.Reason!.Contains("used up")));
        Assert.Equal(200, await after.Outbox.CountAsync(m => m.TenantId == site.TenantId));
        await after.Outbox.Where(m => m.TenantId == site.TenantId).ExecuteDeleteAsync();
    }

    static string Owner(Site site) => $"owner@{site.Domain}";

    /// <summary>Other tests' mails may still be in the outbox.</summary>
    static IEnumerable<MimeMessage> MailsTo(SmtpSink sink, Site site) => sink.Mails.Where(m => m.To.Mailboxes.Any(a => a.Address == Owner(site)));

    async Task<Guid> RuleAsync(Site site, string kind, Dictionary<string, string> settings)
    {
        await using var db = stack.Database();
        var target = Target(site, Owner(site), DateTime.UtcNow);
        var rule = new AlertRule
        {
            TenantId = site.TenantId, SiteId = site.Id, Name = "R", Kind = kind, Settings = new AlertSettings(settings).ToJson(), Targets = [target.Id], CreatedAt = DateTime.UtcNow,
        };
        db.AddRange(target, rule);
        await db.SaveChangesAsync();
        return rule.Id;
    }

    static AlertTarget Target(Site site, string address, DateTime? confirmed, DateTime? stopped = null) => new()
    {
        TenantId = site.TenantId, Kind = TargetKinds.Mail, Address = address, Token = Guid.NewGuid().ToString("n"), ConfirmedAt = confirmed, StoppedAt = stopped, CreatedAt = DateTime.UtcNow,
    };

    static TestChunk Visit(Site site, DateTime at, string path) => new(0, [(site.Id, at, View(site, at, path))]);

    static CollectedEvent View(Site site, DateTime at, string path, string name = EventNames.PageView) => new()
    {
        Id = Guid.NewGuid(), Name = name, Timestamp = at, ClientTimestamp = at, Url = $"https://{site.Domain}{path}", Mode = VisitorMode.Consented, ConsentedId = 4711,
        UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    };
}
