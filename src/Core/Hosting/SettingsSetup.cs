using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Hosting;

public static class SettingsSetup
{
    /// <summary>Binds <typeparamref name="T"/> and checks it at start; the message names the section and the setting.</summary>
    public static IHostApplicationBuilder AddSettings<T>(this IHostApplicationBuilder builder, string section)
        where T : class
    {
        builder.Services.AddOptions<T>()
            .BindConfiguration(section)
            .Validate<IServiceProvider>((settings, _) => SettingsCheck.Throws(settings, section))
            .ValidateOnStart();
        return builder;
    }
}
