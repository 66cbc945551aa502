using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Workers.Jobs;

static class JobsSetup
{
    /// <summary>A job whose worker is gone this long is begun by another one; a living one keeps it for as long as it takes.</summary>
    static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);

    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHangfire((services, hangfire) => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0 })
            .UsePostgreSqlStorage(
                postgres => postgres.UseNpgsqlConnection(services.GetRequiredService<IOptions<PostgresSettings>>().Value.System), Storage()));
        builder.Services.AddHangfireServer(Server);
        builder.Services.AddHostedService<JobList>();
        return builder;
    }

    static PostgreSqlStorageOptions Storage() => new()
    {
        SchemaName = "hangfire",
        PrepareSchemaIfNecessary = false,
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = Abandoned,
        QueuePollInterval = TimeSpan.FromSeconds(5),
        JobExpirationCheckInterval = TimeSpan.FromHours(1),
        CountersAggregateInterval = TimeSpan.FromHours(1),
    };

    /// <summary>Few threads and rare looks: the jobs are small, and an idle machine should stay idle.</summary>
    static void Server(BackgroundJobServerOptions server)
    {
        server.WorkerCount = 2;
        server.SchedulePollingInterval = TimeSpan.FromSeconds(30);
        server.HeartbeatInterval = TimeSpan.FromMinutes(1);
        server.ServerCheckInterval = TimeSpan.FromMinutes(5);
        server.ShutdownTimeout = TimeSpan.FromSeconds(5);
    }
}
