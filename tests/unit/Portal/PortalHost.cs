using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Portal;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Portal;

/// <summary>The portal in this process, on a fresh database, listening on a free port.</summary>
public class PortalHost : IAsyncLifetime
{
    public const string OutboxToken = "outbox-token";
    readonly PostgresFixture postgres = new();
    WebApplication app = null!;

    public string Url => app.Urls.Single();
    public IServiceProvider Services => app.Services;
    public string AppConnection => postgres.App;

    /// <summary>Posts to account pages that one network may make.</summary>
    protected virtual int AccountPosts => 100_000;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Logging.ClearProviders();
        builder.AddPortal();
        builder.AddBus();
        builder.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 1000);
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UsePortal();
        await app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await postgres.DisposeAsync();
    }

    public Browser NewBrowser() => new(Url);

    public SystemDb Everything() => Services.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContext();

    public async Task<OutboxMail[]> MailsToAsync(string email)
    {
        await using var db = Everything();
        return await db.Outbox.Where(m => m.To == email).OrderBy(m => m.Id).ToArrayAsync();
    }

    /// <returns>Path and query of the link in a mail.</returns>
    public static string LinkIn(OutboxMail mail) => new Uri(mail.Text.Split('\n').First(l => l.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    /// <returns>A browser in which a new account is signed in, with its address.</returns>
    public async Task<(Browser Browser, string Email)> SignedInAsync()
    {
        var (browser, email) = (NewBrowser(), $"{Guid.NewGuid():n}@example.com");
        await browser.SignUpAsync(email);
        await browser.GetAsync(LinkIn((await MailsToAsync(email)).Single()));
        await browser.SignInAsync(email);
        return (browser, email);
    }

    Dictionary<string, string?> Settings() => new()
    {
        ["Postgres:App"] = postgres.App,
        ["Postgres:System"] = postgres.System,
        ["ClickHouse:Connection"] = "Host=127.0.0.1;Port=9;Username=none;Password=none;Database=none",
        ["Broker:Url"] = "memory",
        ["Portal:PublicUrl"] = "http://portal.example",
        ["Portal:CollectorUrl"] = "https://collector.example",
        ["Portal:OutboxToken"] = OutboxToken,
        ["Portal:VerifyPrivateNetworks"] = "true",
        ["Portal:AccountPostsPer5Minutes"] = $"{AccountPosts}",
    };
}
