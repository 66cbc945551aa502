using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Portal;

/// <summary>While a database is away people and programs are told so, and the first request after its return is answered.</summary>
public sealed class StoresAwayTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    const int Connections = 10;

    [Fact]
    public async Task Without_PostgreSQL_everything_is_503_and_it_is_over_at_once()
    {
        await using var tap = new Tap(new NpgsqlConnectionStringBuilder(world.Postgres).Port);
        var (site, email) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        var key = await world.NewKeyAsync(site, ApiScopes.StatsRead);
        var portal = await world.StartAsync("memory", world.ClickHouse, tap.Port);
        using var people = new HttpClient(await ReportPortal.SignInAsync(portal, email)) { BaseAddress = new Uri(portal.Urls.Single()) };
        using var program = Program(portal, key);
        await AllAsync(people, program, site, HttpStatusCode.OK);

        tap.Down = true;
        await AllAsync(people, program, site, HttpStatusCode.ServiceUnavailable);
        using var page = await people.GetAsync($"/sites/{site.Domain}");
        Assert.Equal(TimeSpan.FromSeconds(5), page.Headers.RetryAfter!.Delta);
        Assert.Contains("Back in a moment", await page.Content.ReadAsStringAsync());
        using var query = await QueryAsync(program, site);
        Assert.Equal("application/problem+json", query.Content.Headers.ContentType!.MediaType);

        tap.Down = false;
        await AllAsync(people, program, site, HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_a_restart_of_PostgreSQL_nobody_meets_a_connection_that_did_not_survive_it()
    {
        await using var tap = new Tap(new NpgsqlConnectionStringBuilder(world.Postgres).Port);
        var (site, email) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        var portal = await world.StartAsync("memory", world.ClickHouse, tap.Port);
        using var people = new HttpClient(await ReportPortal.SignInAsync(portal, email)) { BaseAddress = new Uri(portal.Urls.Single()) };
        using var program = Program(portal, await world.NewKeyAsync(site, ApiScopes.StatsRead));
        await AllAsync(people, program, site, HttpStatusCode.OK);
        tap.Down = true;
        await Task.Delay(TimeSpan.FromSeconds(3)); // No server is back sooner, and connections are asked once a second, later on a busy machine.
        tap.Down = false;
        await AllAsync(people, program, site, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_ClickHouse_the_overview_says_what_waits_and_programs_get_503()
    {
        var (site, email) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        var portal = await world.StartAsync("memory", "Host=127.0.0.1;Port=9;Username=u;Password=p;Database=d");
        using var people = new HttpClient(await ReportPortal.SignInAsync(portal, email)) { BaseAddress = new Uri(portal.Urls.Single()) };
        Assert.Contains("Events are still taken", await people.GetStringAsync($"/sites/{site.Domain}"));
        using var ledger = await people.GetAsync($"/sites/{site.Domain}/ledger");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ledger.StatusCode);
        using var program = Program(portal, await world.NewKeyAsync(site, ApiScopes.StatsRead));
        using var query = await QueryAsync(program, site);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, query.StatusCode);
    }

    /// <summary>Several at once, so that the pool holds several connections.</summary>
    static async Task AllAsync(HttpClient people, HttpClient program, Site site, HttpStatusCode expected)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Connections).SelectMany(_ => (Task<HttpResponseMessage>[])
            [people.GetAsync($"/sites/{site.Domain}/settings"), people.GetAsync("/account/keys"), QueryAsync(program, site)]));
        Assert.All(answers, answer => Assert.Equal(expected, answer.StatusCode));
        foreach (var answer in answers) answer.Dispose();
    }

    static HttpClient Program(WebApplication portal, string key)
    {
        var program = new HttpClient { BaseAddress = new Uri(portal.Urls.Single()) };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return program;
    }

    static Task<HttpResponseMessage> QueryAsync(HttpClient program, Site site) =>
        program.PostAsJsonAsync("/api/v2/query", new { site_id = site.TrackingId, date_range = "7d", metrics = (string[])["visitors"] });
}
