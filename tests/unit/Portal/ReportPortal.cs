using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Portal;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Portal;

/// <summary>Portals over one PostgreSQL and one ClickHouse, with tenants made straight in the database.</summary>
public sealed partial class ReportPortal : IAsyncLifetime
{
    const string Password = "a few good words";
    readonly PostgresFixture postgres = new();
    readonly ClickHouseFixture clickHouse = new();
    readonly List<WebApplication> portals = [];

    public string ClickHouse => clickHouse.Connection;

    public string Postgres => postgres.App;

    /// <summary>The first portal, with a bus in memory.</summary>
    public WebApplication Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await clickHouse.InitializeAsync();
        Portal = await StartAsync("memory", ClickHouse);
    }

    public async Task DisposeAsync()
    {
        foreach (var portal in portals) await portal.DisposeAsync();
        await clickHouse.DisposeAsync();
        await postgres.DisposeAsync();
    }

    /// <param name="broker">Its address.</param>
    /// <param name="clickHouse">Connection string.</param>
    /// <param name="postgresPort">Where PostgreSQL is reached, if not directly.</param>
    public async Task<WebApplication> StartAsync(string broker, string clickHouse, int? postgresPort = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings(broker, clickHouse, postgresPort));
        builder.Logging.ClearProviders();
        builder.AddPortal();
        builder.AddBus();
        var app = builder.Build();
        portals.Add(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.UsePortal();
        await app.StartAsync();
        return app;
    }

    /// <summary>A tenant with its owner and one site.</summary>
    public async Task<(Site Site, string Email)> NewTenantAsync(string domain)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();
        var now = DateTime.UtcNow;
        var tenant = new Tenant { Name = domain, CreatedAt = now };
        var user = new User { UserName = $"{Guid.NewGuid():n}@example.com", CreatedAt = now, EmailConfirmed = true };
        user.Email = user.UserName;
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, Password);
        Assert.True(made.Succeeded, made.ToString());
        var site = new Site { TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = domain, Name = domain, TimeZone = "Etc/UTC", CreatedAt = now };
        db.AddRange(tenant, new Member { TenantId = tenant.Id, UserId = user.Id, Role = MemberRole.Owner, CreatedAt = now }, site);
        await db.SaveChangesAsync();
        return (site, user.Email);
    }

    public async Task<string> NewKeyAsync(Site site, params string[] scopes)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();
        var (row, key) = scope.ServiceProvider.GetRequiredService<ApiKeys>().New(site.TenantId, "test", scopes);
        db.Add(row);
        await db.SaveChangesAsync();
        return key;
    }

    /// <summary>A browser's cookies after signing in.</summary>
    public static async Task<HttpClientHandler> SignInAsync(WebApplication portal, string email)
    {
        var cookies = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(cookies, disposeHandler: false) { BaseAddress = new Uri(portal.Urls.Single()) };
        var token = AntiforgeryToken().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = email, ["Password"] = Password, ["__RequestVerificationToken"] = token });
        using var answer = await client.PostAsync("/sign-in", form);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return cookies;
    }

    static string Through(int? port, string connection) =>
        port is { } other ? new NpgsqlConnectionStringBuilder(connection) { Port = other }.ConnectionString : connection;

    Dictionary<string, string?> Settings(string broker, string clickHouse, int? postgresPort) => new()
    {
        ["Postgres:App"] = Through(postgresPort, postgres.App),
        ["Postgres:System"] = Through(postgresPort, postgres.System),
        ["ClickHouse:Connection"] = clickHouse,
        ["Broker:Url"] = broker,
        ["Portal:PublicUrl"] = "http://portal.example",
        ["Portal:CollectorUrl"] = "https://collector.example",
        ["Portal:AccountPostsPer5Minutes"] = "100000",
        ["Reports:LiveSeconds"] = "0",
    };

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
