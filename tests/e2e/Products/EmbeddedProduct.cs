using System.Text.Json;
using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.E2E.Products;

/// <summary>What <c>./run</c> starts: everything in one process on embedded stores.</summary>
public class EmbeddedProduct : Product
{
    readonly string data = Directory.CreateTempSubdirectory("e2e-embedded-").FullName;
    ChildProcess? process;
    JsonElement run;

    public override IReadOnlyList<string> Portals => [run.GetProperty("portal").GetString()!];

    public override string Collector => run.GetProperty("collector").GetString()!;

    protected JsonElement Run => run;

    protected virtual string[] Arguments => ["--data", data, "--port", "0"];

    protected string Data => data;

    public override async Task InitializeAsync()
    {
        process = ChildProcess.Start(Programs.Command("Standalone", Arguments), data + ".log");
        var file = Path.Combine(data, "run.json");
        var text = await Patience.UntilAsync("run.json", async () => File.Exists(file) ? await File.ReadAllTextAsync(file) : Alive(), () => process.LogTail(20));
        run = JsonDocument.Parse(text).RootElement;
    }

    public override async Task<string> MailToAsync(string address)
    {
        using var http = new HttpClient();
        var token = run.GetProperty("outbox_token").GetString();
        return await Mailbox.NewestAsync(http, $"{Portal}/outbox?token={token}", address);
    }

    public override async Task DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    string? Alive() => process!.HasExited ? throw new InvalidOperationException($"It stopped: {process.LogTail(20)}") : null;
}
