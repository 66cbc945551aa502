using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Tests.Workers;

public sealed class LeaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static int nextPartition = 100;

    [Fact]
    public async Task A_partition_has_one_owner_until_its_lease_ends_and_the_epoch_grows()
    {
        var p = Interlocked.Increment(ref nextPartition);
        var (one, two) = (Worker("one"), Worker("two"));
        Assert.Equal(new Lease(p, 1), await one.ClaimAsync(p, default));
        Assert.Null(await two.ClaimAsync(p, default));
        await ExpireAsync(p);
        Assert.Equal(new Lease(p, 2), await two.ClaimAsync(p, default));
        Assert.Empty(await one.RenewAsync([new Lease(p, 1)], default));
        Assert.Equal([new Lease(p, 2)], await two.RenewAsync([new Lease(p, 2)], default));
    }

    [Fact]
    public async Task A_lease_that_ended_but_nobody_took_is_prolonged()
    {
        var p = Interlocked.Increment(ref nextPartition);
        var one = Worker("one");
        var lease = (await one.ClaimAsync(p, default))!.Value;
        await ExpireAsync(p);
        Assert.Equal([lease], await one.RenewAsync([lease], default));
        Assert.Null(await Worker("two").ClaimAsync(p, default));
    }

    [Fact]
    public async Task A_worker_that_starts_again_takes_its_own_partition_back_at_once_under_a_new_epoch()
    {
        var p = Interlocked.Increment(ref nextPartition);
        var before = await Worker("one").ClaimAsync(p, default);
        var after = await Worker("one").ClaimAsync(p, default);
        Assert.Equal(before!.Value.Epoch + 1, after!.Value.Epoch);
        Assert.Empty(await Worker("one").RenewAsync([before.Value], default));
    }

    [Fact]
    public async Task A_released_partition_is_free_at_once_and_keeps_its_epoch()
    {
        var p = Interlocked.Increment(ref nextPartition);
        var one = Worker("one");
        await one.ReleaseAsync((await one.ClaimAsync(p, default))!.Value, default);
        Assert.Equal(new Lease(p, 2), await Worker("two").ClaimAsync(p, default));
    }

    [Fact]
    public async Task Of_many_workers_at_once_one_gets_the_partition()
    {
        var p = Interlocked.Increment(ref nextPartition);
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Worker($"w{i}").ClaimAsync(p, default)));
        Assert.Single(claims, c => c is not null);
    }

    [Fact]
    public async Task Only_the_living_are_counted()
    {
        await using var db = Database();
        await db.LiveWorkers.ExecuteDeleteAsync();
        await Worker("one").CheckInAsync(default);
        Assert.Equal(2, await Worker("two").CheckInAsync(default));
        await db.Database.ExecuteSqlAsync($"UPDATE pipeline.live_workers SET until = now() - interval '1 second' WHERE name = 'two'");
        Assert.Equal(1, await Worker("one").CheckInAsync(default));
        await Worker("one").CheckOutAsync(default);
        Assert.Equal(1, await Worker("two").CheckInAsync(default));
    }

    Leases Worker(string name) => new(new Factory(Options), Microsoft.Extensions.Options.Options.Create(new WorkerSettings { Name = name }));

    DbContextOptions<SystemDb> Options => new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options;

    SystemDb Database() => new(Options);

    async Task ExpireAsync(int partition)
    {
        await using var db = Database();
        await db.Database.ExecuteSqlAsync($"UPDATE pipeline.partition_leases SET until = now() - interval '1 second' WHERE partition = {partition}");
    }

    sealed class Factory(DbContextOptions<SystemDb> options) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() => new(options);
    }
}
