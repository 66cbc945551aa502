using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SaaS.Analytics.Data;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SaltTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly DateOnly Today = new(2026, 11, 22);
    const string Away = "Host=127.0.0.1;Port=1;Timeout=1;Database=none";
    readonly FakeTimeProvider clock = new(new DateTimeOffset(Today, new TimeOnly(12, 0), TimeSpan.Zero));
    readonly string keys = Directory.CreateTempSubdirectory("keys-").FullName;

    (Salts Salts, SaltKeeper Keeper) Collector(string connection, string? spool = null)
    {
        var options = Options.Create(new IngestionSettings
        {
            SpoolDirectory = spool ?? Directory.CreateTempSubdirectory("spool-").FullName, SaltKeyDirectory = keys,
        });
        var salts = new Salts(new SaltKeys(options), options, NullLogger<Salts>.Instance);
        return (salts, new SaltKeeper(salts, new SaltRows(new Databases(connection)), clock, NullLogger<SaltKeeper>.Instance));
    }

    [Fact]
    public async Task Two_collectors_starting_at_once_agree()
    {
        await ForgetAsync();
        var collectors = Enumerable.Range(0, 4).Select(_ => Collector(postgres.System)).ToArray();
        await Task.WhenAll(collectors.Select(c => c.Keeper.TickAsync(default)));
        for (var day = 0; day <= 3; day++)
            Assert.Single(collectors.Select(c => Convert.ToHexString(c.Salts.Of(Today.AddDays(day))!)).Distinct());
        Assert.NotEqual(collectors[0].Salts.Of(Today), collectors[0].Salts.Of(Today.AddDays(1)));
    }

    [Fact]
    public async Task A_salt_is_kept_one_day_longer_and_then_destroyed_with_its_key_and_row()
    {
        await ForgetAsync();
        var (salts, keeper) = Collector(postgres.System);
        await keeper.TickAsync(default);
        var salt = salts.Of(Today);
        clock.Advance(TimeSpan.FromDays(1));
        await keeper.TickAsync(default);
        Assert.Equal(salt, salts.Of(Today));
        clock.Advance(TimeSpan.FromDays(1));
        await keeper.TickAsync(default);
        Assert.Null(salts.Of(Today));
        Assert.False(File.Exists(Path.Combine(keys, "2026-11-22.key")));
        await using var db = new Databases(postgres.System).CreateDbContext();
        Assert.False(await db.DailySalts.AnyAsync(s => s.Day == Today));
    }

    [Fact]
    public async Task Without_PostgreSQL_the_collector_has_its_own_salt_and_keeps_it_over_a_restart()
    {
        var spool = Directory.CreateTempSubdirectory("spool-").FullName;
        var (salts, keeper) = Collector(Away, spool);
        await keeper.TickAsync(default);
        Assert.NotNull(salts.Of(Today));
        var (again, keeperAgain) = Collector(Away, spool);
        again.Load();
        await keeperAgain.TickAsync(default);
        Assert.Equal(salts.Of(Today), again.Of(Today));
    }

    [Fact]
    public async Task The_salt_is_nowhere_in_the_clear_and_its_key_is_private()
    {
        var (salts, keeper) = Collector(Away);
        await keeper.TickAsync(default);
        var file = Path.Combine(keys, "2026-11-22.key");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(salts.Of(Today)));
        Assert.Equal(-1, salts.Offer(Today).AsSpan().IndexOf(salts.Of(Today)));
    }

    async Task ForgetAsync()
    {
        await using var db = new Databases(postgres.System).CreateDbContext();
        await db.DailySalts.ExecuteDeleteAsync();
    }

    sealed class Databases(string connection) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() =>
            new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
    }
}
