using ClickHouse.Driver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Traffic.Demo;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>The demo on real stores, with the portal's own accounts.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DemoSiteTests(PostgresFixture postgres, ClickHouseFixture clickHouse)
    : IClassFixture<PostgresFixture>, IClassFixture<ClickHouseFixture>, IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("analytics-demo-");

    string AccessFile => Path.Combine(folder.FullName, "demo.json");

    [Fact]
    public async Task A_second_start_finds_what_the_first_made()
    {
        await using var app = App();
        var first = await app.Services.GetRequiredService<DemoSite>().PrepareAsync(AccessFile, null, CancellationToken.None);
        var events = await EventsAsync(app);
        var second = await app.Services.GetRequiredService<DemoSite>().PrepareAsync(AccessFile, null, CancellationToken.None);
        Assert.Equal(first, second);
        Assert.Equal(events, await EventsAsync(app));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(AccessFile));
        await MaySignInAsync(app, first);
        await IsCompleteAsync(app, first);

        File.Delete(AccessFile);
        var third = await app.Services.GetRequiredService<DemoSite>().PrepareAsync(AccessFile, null, CancellationToken.None);
        Assert.NotEqual(first.Password, third.Password);
        Assert.Equal(first.TrackingId, third.TrackingId);
        await MaySignInAsync(app, third);
    }

    static async Task MaySignInAsync(WebApplication app, DemoAccess access)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByEmailAsync("demo@example.com");
        Assert.True(user!.EmailConfirmed);
        Assert.True(await users.CheckPasswordAsync(user, access.Password));
    }

    static async Task IsCompleteAsync(WebApplication app, DemoAccess access)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();
        var site = await db.Sites.SingleAsync();
        Assert.Equal((access.TrackingId, "shop.example.com"), (site.TrackingId, site.Domain));
        Assert.NotNull(site.FirstEventAt);
        Assert.Equal(MemberRole.Owner, (await db.Members.SingleAsync()).Role);
        var key = await db.ApiKeys.SingleAsync();
        Assert.Equal(["stats:read"], key.Scopes);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(access.ApiKey)), key.Hash);
    }

    static async Task<long> EventsAsync(WebApplication app)
    {
        var count = await app.Services.GetRequiredService<ClickHouseClient>().ExecuteScalarAsync("SELECT toInt64(count()) FROM events");
        Assert.InRange((long)count!, 5_000, 5_100);
        return (long)count!;
    }

    WebApplication App()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Postgres:App"] = postgres.App,
            ["Postgres:System"] = postgres.System,
            ["ClickHouse:Connection"] = clickHouse.Connection,
            ["Portal:PublicUrl"] = "http://localhost:1",
            ["Portal:CollectorUrl"] = "http://localhost:2",
            ["Demo:Events"] = "5000",
        });
        builder.Logging.ClearProviders();
        builder.AddPortal();
        builder.AddDemo();
        return builder.Build();
    }

    public void Dispose() => folder.Delete(recursive: true);
}
