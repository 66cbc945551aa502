using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Alerts;

namespace SaaS.Analytics.Tests.Workers;

public sealed class WebhookTests(WorkerStack stack) : IClassFixture<WorkerStack>, IAsyncLifetime
{
    readonly ConcurrentQueue<(string Body, IHeaderDictionary Headers)> taken = [];
    WebApplication receiver = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.MapPost("/ok", async (HttpRequest request) =>
        {
            taken.Enqueue((await new StreamReader(request.Body).ReadToEndAsync(), new HeaderDictionary(request.Headers.ToDictionary())));
            return Results.Ok();
        });
        receiver.MapPost("/moved", () => Results.Redirect("/ok", preserveMethod: true));
        receiver.MapPost("/broken", () => Results.StatusCode(500));
        receiver.MapPost("/gone", () => Results.StatusCode(410));
        await receiver.StartAsync();
    }

    public async Task DisposeAsync() => await receiver.DisposeAsync();

    [Fact]
    public async Task A_webhook_is_signed_and_sent_once()
    {
        var delivery = await SendAsync("/ok", Reach.Anything);
        Assert.NotNull(delivery.SentAt);
        Assert.Null(delivery.DueAt);
        var (body, headers) = Assert.Single(taken);
        Assert.Equal("""{"a":"ü"}""", body);
        var timestamp = long.Parse(headers["Webhook-Timestamp"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(WebhookCall.Signature("secret", delivery.Id, timestamp, body), headers["Webhook-Signature"].ToString());
        Assert.InRange(timestamp, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 600, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 5);
    }

    [Theory]
    [InlineData("/moved", "answers with 307", false)]
    [InlineData("/broken", "answers with 500", false)]
    [InlineData("/gone", "answers with 410", true)]
    public async Task What_is_not_taken_says_why_and_no_redirect_is_followed(string path, string reason, bool isFinal)
    {
        var delivery = await SendAsync(path, Reach.Anything);
        Assert.Contains(reason, delivery.Reason);
        Assert.Equal((isFinal, !isFinal), (delivery.FailedAt is not null, delivery.DueAt is not null));
        Assert.Empty(taken);
    }

    [Fact]
    public async Task A_name_that_leads_into_a_private_network_is_never_connected_to()
    {
        var reach = Reach.Internet with { Port = _ => true };
        Assert.Contains("private network", (await SendAsync("/ok", reach)).Reason);
        Assert.Contains("private network", (await SendAsync("/ok", reach, "public.example")).Reason);
        Assert.Contains("port", (await SendAsync("/ok", Reach.Internet)).Reason);
        Assert.Empty(taken);
    }

    async Task<AlertDelivery> SendAsync(string path, Reach reach, string? host = null)
    {
        var site = await stack.SiteAsync();
        var url = new UriBuilder(receiver.Urls.Single()) { Path = path };
        if (host is not null) url.Host = host;
        var id = await WriteAsync(site, url.Uri.ToString());
        using var call = new WebhookCall((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), reach, TimeProvider.System);
        var sender = new WebhookSender(new Factory(stack), call, TimeProvider.System);
        while (await sender.SendNextAsync(default)) { }
        await using var db = stack.Database();
        var delivery = await db.AlertDeliveries.SingleAsync(d => d.Id == id);
        await db.AlertDeliveries.ExecuteDeleteAsync();
        return delivery;
    }

    async Task<Guid> WriteAsync(Site site, string url)
    {
        await using var db = stack.Database();
        var target = new AlertTarget
        {
            TenantId = site.TenantId, Kind = TargetKinds.Webhook, Address = url, Secret = "secret", Token = Guid.NewGuid().ToString("n"), ConfirmedAt = DateTime.UtcNow, CreatedAt = DateTime.UtcNow,
        };
        var alert = new Alert
        {
            Id = Guid.NewGuid(), TenantId = site.TenantId, SiteId = site.Id, RuleId = Guid.NewGuid(), RuleName = "R", Kind = "event", Severity = "info", Title = "T", Facts = "{}",
            State = AlertStates.Open, OpenedAt = DateTime.UtcNow, ChangedAt = DateTime.UtcNow, VisitId = 1,
        };
        var delivery = new AlertDelivery
        {
            Id = Guid.NewGuid(), TenantId = site.TenantId, AlertId = alert.Id, TargetId = target.Id, Kind = target.Kind, Address = url, Body = """{"a":"ü"}""",
            CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow,
        };
        db.AddRange(target, alert, delivery);
        await db.SaveChangesAsync();
        return delivery.Id;
    }

    sealed class Factory(WorkerStack stack) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() => stack.Database();
    }
}
