using System.Net;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Portal.Live;

public sealed class LiveTests(ReportPortal world, RabbitFixture rabbit) : IClassFixture<ReportPortal>, IClassFixture<RabbitFixture>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_portal_hears_every_site_and_tells_those_who_watch_it()
    {
        var (site, email) = await world.NewTenantAsync("live.example");
        var (other, otherEmail) = await world.NewTenantAsync("quiet.example");
        var one = await world.StartAsync(rabbit.Url, world.ClickHouse);
        var two = await world.StartAsync(rabbit.Url, world.ClickHouse);
        var (atOne, _) = await WatchAsync(one, email, site.Domain);
        var (atTwo, _) = await WatchAsync(two, email, site.Domain);
        var (elsewhere, _) = await WatchAsync(two, otherEmail, other.Domain);
        var bus = one.Services.GetRequiredService<IBus>();
        await bus.Publish(new SitesActive(
        [
            new SiteActivity(site.Id, DateTime.UtcNow, 7, DateTime.UtcNow, 9, 12), new SiteActivity(other.Id, DateTime.UtcNow, 3, DateTime.UtcNow, 1, 5),
        ]));
        var heard = await Task.WhenAll(atOne.Task, atTwo.Task, elsewhere.Task).WaitAsync(Patience);
        Assert.Equal([7, 7, 3], heard);
    }

    [Fact]
    public async Task A_site_of_another_tenant_cannot_be_watched()
    {
        var (mine, email) = await world.NewTenantAsync("watcher.example");
        var (other, _) = await world.NewTenantAsync("watched.example");
        var (heard, connection) = await WatchAsync(world.Portal, email, other.Domain, waitForCount: false);
        var closed = new TaskCompletionSource();
        connection.Closed += _ => { closed.TrySetResult(); return Task.CompletedTask; };
        if (connection.State != HubConnectionState.Disconnected) await closed.Task.WaitAsync(Patience);
        Assert.False(heard.Task.IsCompleted);
        Assert.NotEqual(mine.Id, other.Id);
    }

    [Fact]
    public async Task What_a_preview_saw_reaches_who_watches_its_session_at_every_portal_and_nobody_else()
    {
        var (site, email) = await world.NewTenantAsync("previewed.example");
        var (other, otherEmail) = await world.NewTenantAsync("curious.example");
        var one = await world.StartAsync(rabbit.Url, world.ClickHouse);
        var two = await world.StartAsync(rabbit.Url, world.ClickHouse);
        async Task<List<string>> WatchSessionAsync(WebApplication portal, string who, string domain, string session, TaskCompletionSource? first = null)
        {
            var (_, connection) = await WatchAsync(portal, who, domain);
            var seen = new List<string>();
            connection.On<string>("preview", moments =>
            {
                seen.Add(moments);
                first?.TrySetResult();
            });
            await connection.InvokeAsync("Watch", session);
            return seen;
        }
        TaskCompletionSource atOne = new(), atTwo = new();
        var elsewhere = await WatchSessionAsync(one, otherEmail, other.Domain, "5e55");
        var otherSession = await WatchSessionAsync(one, email, site.Domain, "0000");
        var (here, there) = (await WatchSessionAsync(one, email, site.Domain, "5e55", atOne), await WatchSessionAsync(two, email, site.Domain, "5e55", atTwo));
        await one.Services.GetRequiredService<IBus>().Publish(new PreviewSeen(site.Id, "5e55", "[1]"));
        await Task.WhenAll(atOne.Task, atTwo.Task).WaitAsync(Patience);
        Assert.Equal(["[1]", "[1]"], here.Concat(there));
        Assert.Empty(elsewhere.Concat(otherSession));
    }

    [Fact]
    public async Task Nobody_watches_without_signing_in()
    {
        var (site, _) = await world.NewTenantAsync("closed.example");
        await using var connection = Connection(world.Portal, new CookieContainer(), site.Domain);
        await Assert.ThrowsAnyAsync<Exception>(() => connection.StartAsync());
    }

    [Fact]
    public async Task The_board_starts_with_what_the_store_counts()
    {
        var (site, email) = await world.NewTenantAsync("snapshot.example");
        var (_, connection) = await WatchAsync(world.Portal, email, site.Domain);
        Assert.Equal(0, await connection.InvokeAsync<int>("Count"));
    }

    static async Task<(TaskCompletionSource<int> Heard, HubConnection Connection)> WatchAsync(
        WebApplication portal, string email, string domain, bool waitForCount = true)
    {
        using var cookies = await ReportPortal.SignInAsync(portal, email);
        var connection = Connection(portal, cookies.CookieContainer, domain);
        var heard = new TaskCompletionSource<int>();
        connection.On<int, long>("activity", (visitors, _) => heard.TrySetResult(visitors));
        await connection.StartAsync();
        if (waitForCount) await connection.InvokeAsync<int>("Count");
        return (heard, connection);
    }

    static HubConnection Connection(WebApplication portal, CookieContainer cookies, string domain) => new HubConnectionBuilder()
        .WithUrl($"{portal.Urls.Single()}/live?site={domain}", o => o.Cookies = cookies).Build();
}
