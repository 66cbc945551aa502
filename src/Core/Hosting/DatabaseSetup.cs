using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Hosting;

public static class DatabaseSetup
{
    /// <summary>
    /// <see cref="AnalyticsDb"/> (scoped, the tenant's view) and a factory of <see cref="SystemDb"/> (every tenant). Every host
    /// asks for it; in one process the first does it for all.
    /// </summary>
    public static IHostApplicationBuilder AddDatabase(this IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryAdd(typeof(DatabaseSetup), true)) return builder;
        builder.AddSettings<PostgresSettings>(PostgresSettings.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RestedConnection>();
        builder.Services.AddScoped<TenantScope>();
        builder.Services.AddScoped<TenantConnection>();
        builder.Services.AddDbContext<AnalyticsDb>((services, options) => options
            .UseNpgsql(services.GetRequiredService<IOptions<PostgresSettings>>().Value.App)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(services.GetRequiredService<TenantConnection>()));
        builder.Services.AddDbContextFactory<SystemDb>((services, options) => options
            .UseNpgsql(services.GetRequiredService<IOptions<PostgresSettings>>().Value.System)
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(services.GetRequiredService<RestedConnection>()));
        return builder;
    }
}
