using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>
/// What alert rules cost the pipeline and how fast the mail is: rounds with 10,000 rules on the busy sites take turns with
/// rounds without any; then probes at half of that rate, on a site with 1,000 rules, from the request to the SMTP server's 250.
/// </summary>
static class AlertsBench
{
    const int Sites = 50;
    const int Rules = 10_000;
    const int RulesOfProbed = 1_000;
    const int EventsPerRound = 30_000;
    const int Rounds = 4;
    const int Probes = 60;
    const double ThroughputGoal = 0.9;
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>Workers reread rules when PostgreSQL tells them; this is ample.</summary>
    static readonly TimeSpan Reread = TimeSpan.FromSeconds(4);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var sink = await MailSink.StartAsync();
        await using var stack = await PipelineStack.StartAsync(Sites, settings: new()
        {
            ["Mail__Smtp"] = $"smtp://127.0.0.1:{sink.Port}", ["Alerts__MailsPerHour"] = "1000000",
        });
        await AddRulesAsync(stack);
        var load = new EventLoad(stack);
        for (var i = 0; i < 2; i++) await PipelineRound.RunAsync(stack, load, EventsPerRound);
        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(await RoundAsync(stack, load, enabled: false));
            with.Add(await RoundAsync(stack, load, enabled: true));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored {with[^1]:n0}/s with rules, {without[^1]:n0}/s without"));
        }
        var waits = await LatenciesAsync(stack, sink, Median.Of(with) / 2);
        return
        [
            Figure.Of("alerts-10k-rules", Median.Of(with), "events/s", Median.Of(without), ThroughputGoal),
            Figure.Within("hit-to-mail-p50", waits[waits.Count / 2], "s", 2),
            Figure.Within("hit-to-mail-p95", waits[(int)(waits.Count * 0.95)], "s", 5),
        ];
    }

    static async Task<double> RoundAsync(PipelineStack stack, EventLoad load, bool enabled)
    {
        await using (var db = stack.Database())
            await db.AlertRules.Where(r => r.Name != "probe").ExecuteUpdateAsync(r => r.SetProperty(x => x.Enabled, enabled));
        await Task.Delay(Reread);
        return await PipelineRound.RunAsync(stack, load, EventsPerRound);
    }

    /// <returns>Seconds, in order.</returns>
    static async Task<List<double>> LatenciesAsync(PipelineStack stack, MailSink sink, double rate)
    {
        var load = new EventLoad(stack) { Rate = rate }.SendAsync((int)(rate * Probes * Between.TotalSeconds));
        var waits = await Task.WhenAll(Enumerable.Range(0, Probes).Select(n => ProbeAsync(stack, sink, n)));
        await load;
        return [.. waits.Order()];
    }

    static async Task<double> ProbeAsync(PipelineStack stack, MailSink sink, int number)
    {
        await Task.Delay(Between * number);
        var (id, site) = (Guid.NewGuid(), stack.Sites[0]);
        using var http = new HttpClient();
        var sent = DateTime.UtcNow;
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{stack.CollectorPort}/v1/batch"), new StringContent(
            $$"""{"writeKey":"{{site.TrackingId}}","batch":[{"id":"{{id}}","name":"probe","userId":"{{id:n}}","url":"https://{{site.Domain}}/"}]}"""));
        answer.EnsureSuccessStatusCode();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(50))
            if (sink.Mails.FirstOrDefault(m => m.Text.Contains($"{id:n}", StringComparison.Ordinal)) is { } mail) return (mail.At - sent).TotalSeconds;
        throw new TimeoutException($"The mail of probe {number} never came.");
    }

    /// <summary>Of both kinds and of many shapes; they ask for what hardly ever happens, as rules do.</summary>
    static async Task AddRulesAsync(PipelineStack stack)
    {
        await using var db = stack.Database();
        var tenant = stack.Sites[0].TenantId;
        var target = new AlertTarget
        {
            TenantId = tenant, Kind = TargetKinds.Mail, Address = "bench@example.com", Token = "bench", ConfirmedAt = DateTime.UtcNow, CreatedAt = DateTime.UtcNow,
        };
        db.Add(target);
        db.Add(Rule(stack.Sites[0], "probe", AlertKinds.Event, new() { ["event"] = "probe" }, target));
        for (var i = 0; i < RulesOfProbed; i++) db.Add(Rule(stack.Sites[0], i, target));
        for (var i = 0; i < Rules - RulesOfProbed; i++) db.Add(Rule(stack.Sites[1 + i % (Sites - 1)], i, target));
        await db.SaveChangesAsync();
    }

    static AlertRule Rule(Site site, int i, AlertTarget target) => (i % 6) switch
    {
        0 => Rule(site, "user", AlertKinds.Returning, new() { ["who"] = "user", ["who_value"] = $"customer-{i}@acme.example" }, target),
        1 => Rule(site, "company", AlertKinds.Returning, new() { ["who"] = "trait", ["trait"] = "company", ["who_value"] = $"company {i}*" }, target),
        2 => Rule(site, "away", AlertKinds.Returning, new() { ["away"] = $"{i % 300 + 1}", ["away_unit"] = "days", ["country"] = "DE, AT" }, target),
        3 => Rule(site, "campaign", AlertKinds.Returning, new() { ["campaign"] = $"campaign-{i}" }, target),
        4 => Rule(site, "purchase", AlertKinds.Event, new() { ["event"] = $"purchase-{i}" }, target),
        _ => Rule(site, "cart", AlertKinds.Event, new() { ["event"] = "Add to cart", ["page"] = $"/products/special-{i}" }, target),
    };

    static AlertRule Rule(Site site, string name, AlertKind kind, Dictionary<string, string> settings, AlertTarget target) => new()
    {
        TenantId = site.TenantId, SiteId = site.Id, Name = name, Kind = kind.Key, Targets = [target.Id], CreatedAt = DateTime.UtcNow,
        Settings = AlertSettings.Of(kind, key => settings.GetValueOrDefault(key)).ToJson(),
    };
}
