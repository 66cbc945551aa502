namespace SaaS.Analytics.Standalone;

/// <summary>Starts the stores, then portal, collector and workers in this process; ends when asked to, or when a store ends.</summary>
static class StandaloneCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = StandaloneOptions.Parse(args);
            using var data = DataDirectory.Open(options.Data);
            RunFile.Clear(data);
            var addresses = Addresses.Choose(options.Port);
            await using var stores = await Stores.StartAsync(options, data, CancellationToken.None);
            return await ServeAsync(options, data, addresses, stores);
        }
        catch (OperationCanceledException)
        {
            return 0; // Stopped while it was starting.
        }
        catch (StandaloneException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    static async Task<int> ServeAsync(StandaloneOptions options, DataDirectory data, Addresses addresses, Stores stores)
    {
        await using var app = StandaloneApp.Build(options, data, addresses, stores.Connections);
        await app.StartAsync();
        Console.WriteLine($"Portal: {addresses.Portal}");
        var demo = options.Demo ? await DemoStart.PrepareAsync(app, data, addresses) : null;
        RunFile.Write(data, addresses, stores.ClickHouseUrl, demo);
        if (options.Smtp is null) Console.WriteLine($"Mails:  {addresses.Portal}/outbox?token={data.Secrets.OutboxToken}");
        Console.WriteLine("Stop with Ctrl-C.");
        var stopped = await Task.WhenAny(app.WaitForShutdownAsync(), stores.Ended);
        if (stopped != stores.Ended) return 0;
        await Console.Error.WriteLineAsync(await stores.Ended);
        await app.StopAsync();
        return 1;
    }
}
