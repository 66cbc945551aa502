using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SaaS.Analytics.EmbeddedClickHouse.Engine;
using SaaS.Analytics.EmbeddedClickHouse.Http;

namespace SaaS.Analytics.EmbeddedClickHouse;

/// <summary>Starts the engine, serves until asked to stop, stops the engine.</summary>
public static class EmbeddedProcess
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await ServeAsync(ServerOptions.Parse(args, Environment.GetEnvironmentVariable));
            return 0;
        }
        catch (StartupException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(ServerOptions options)
    {
        var parentGone = options.ExitOnStdinClose ? ParentWatch.Start() : CancellationToken.None;
        using var directory = DataDirectory.Open(options.DataDirectory);
        using var engine = ClickHouseEngine.Start(options);
        await using var app = Build(options, engine);
        await StartAsync(app, options);
        using var armed = app.Lifetime.ApplicationStopping.Register(LastResort.Arm);
        using var stop = parentGone.Register(app.Lifetime.StopApplication);
        Announce(app, options);
        await app.WaitForShutdownAsync();
    }

    private static WebApplication Build(ServerOptions options, ClickHouseEngine engine)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limits.Apply(kestrel, options.Port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        var app = builder.Build();
        var endpoint = new StatementEndpoint(engine, new Credentials(options.User, options.Password));
        app.Use(LocalOnly.CheckAsync);
        app.Run(endpoint.AnswerAsync);
        return app;
    }

    private static async Task StartAsync(WebApplication app, ServerOptions options)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new StartupException($"Port {options.Port} on {IPAddress.Loopback} is already in use.");
        }
        catch (IOException failure)
        {
            throw new StartupException($"Port {options.Port} on {IPAddress.Loopback} cannot be opened: {failure.Message}");
        }
    }

    private static void Announce(WebApplication app, ServerOptions options)
    {
        var address = new Uri(app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        if (options.PortFile is { } file)
        {
            File.WriteAllText(file + ".new", address.Port.ToString(CultureInfo.InvariantCulture));
            File.Move(file + ".new", file, overwrite: true);
        }

        Console.WriteLine($"listening on http://127.0.0.1:{address.Port}");
    }
}
