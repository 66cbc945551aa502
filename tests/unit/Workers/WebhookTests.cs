using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Alerts;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Tests.Workers;

public sealed class WebhookTests(WorkerStack stack) : IClassFixture<WorkerStack>, IAsyncLifetime
{
    readonly ConcurrentQueue<(string Body, IHeaderDictionary Headers)> taken = [];
    readonly TaskCompletionSource answer = new();
    readonly ConcurrentQueue<string> waiting = [];
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
        receiver.MapPost("/slow/{name}", async (string name) =>
        {
            waiting.Enqueue(name);
            await answer.Task;
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

    /// <summary>Made with another program: what receivers check must not change.</summary>
    [Fact]
    public void The_signature_is_that_of_the_documentation() => Assert.Equal("v1,OPKPSxX9gkk7XPJho1BqIq9fUdfKj9WJ6FeIgsb53GE=",
        WebhookCall.Signature("whsec_example", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), 1772366400, """{"a":"ü"}"""));

    [Fact]
    public async Task A_stop_while_a_receiver_answers_sends_nothing_twice()
    {
        var id = await WriteAsync(await stack.SiteAsync(), receiver.Urls.Single() + "/slow/stop");
        using var call = Call(Reach.Anything);
        using var stop = new CancellationTokenSource();
        var sending = new WebhookSender(new Factory(stack), call, TimeProvider.System).SendNextAsync(false, stop.Token);
        await Eventually.TrueAsync(() => !waiting.IsEmpty, "it has the webhook");
        await stop.CancelAsync();
        answer.SetResult();
        Assert.True(await sending);
        Assert.NotNull((await TakeAsync(id)).SentAt);
    }

    [Fact]
    public async Task Receivers_that_hang_delay_no_webhook_that_is_written_later()
    {
        var site = await stack.SiteAsync();
        Guid[] dead = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(i => WriteAsync(site, $"{receiver.Urls.Single()}/slow/{i}")))];
        using var call = Call(Reach.Anything);
        using var loop = new WebhookLoop(new WebhookSender(new Factory(stack), call, TimeProvider.System),
            new RowSignals(Options.Create(new PostgresSettings { App = stack.Postgres.App, System = stack.Postgres.System }), TimeProvider.System),
            new Patience(TimeProvider.System, NullLogger<Patience>.Instance));
        await loop.StartAsync(default);
        await Eventually.TrueAsync(() => waiting.Count >= 5, "all of them hang");
        var id = await WriteAsync(site, receiver.Urls.Single() + "/ok");
        await Eventually.TrueAsync(() => !taken.IsEmpty, "the other is sent");
        await using (var db = stack.Database())
            Assert.Equal(5, await db.AlertDeliveries.CountAsync(d => dead.Contains(d.Id) && d.Attempts == 0));
        answer.SetResult();
        await loop.StopAsync(default);
        Assert.NotNull((await TakeAsync(id)).SentAt);
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
        Assert.Contains("private network", (await SendAsync("/ok", reach, "mixed.example", IPAddress.Parse("93.184.215.14"), IPAddress.Loopback)).Reason);
        Assert.Contains("port", (await SendAsync("/ok", Reach.Internet)).Reason);
        Assert.Empty(taken);
    }

    async Task<AlertDelivery> SendAsync(string path, Reach reach, string? host = null, params IPAddress[] addresses)
    {
        var site = await stack.SiteAsync();
        var url = new UriBuilder(receiver.Urls.Single()) { Path = path };
        if (host is not null) url.Host = host;
        var id = await WriteAsync(site, url.Uri.ToString());
        using var call = Call(reach, addresses);
        var sender = new WebhookSender(new Factory(stack), call, TimeProvider.System);
        while (await sender.SendNextAsync(false, default)) { }
        return await TakeAsync(id);
    }

    /// <param name="reach">What may be opened.</param>
    /// <param name="addresses">Those of every name; none: this machine's.</param>
    static WebhookCall Call(Reach reach, params IPAddress[] addresses) =>
        new((_, _) => Task.FromResult<IPAddress[]>(addresses.Length > 0 ? addresses : [IPAddress.Loopback]), reach, TimeProvider.System);

    async Task<AlertDelivery> TakeAsync(Guid id)
    {
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
