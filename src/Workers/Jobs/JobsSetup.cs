using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Workers.Jobs;

static class JobsSetup
{
    /// <summary>A job whose worker is gone this long is begun by another one; a living one keeps it for as long as it takes.</summary>
    static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);

    public static IHostApplicationBuilder AddJobs(this IHostApplicationBuilder builder)
    {
        // The container's own and not Hangfire's static one, so that several hosts fit into a process.
        builder.Services.AddSingleton<JobStorage>(services => Storage(services.GetRequiredService<IOptions<PostgresSettings>>().Value.System));
        builder.Services.AddHangfire(hangfire => hangfire
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0 }));
        builder.Services.AddHangfireServer(Server);
        builder.Services.AddHostedService<JobList>();
        return builder;
    }

    static PostgreSqlStorage Storage(string connection)
    {
        var options = Options();
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(connection, options), options);
    }

    static PostgreSqlStorageOptions Options() => new()
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
