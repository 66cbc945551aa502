using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Bench.Tags;

/// <summary>
/// What the tag manager adds to a site's script, compressed as delivered, and how long its runtime looks at 500 triggers, each with two conditions,
/// in Node: the median of 200 events after warming up, and the very first one, which compiles the expressions too.
/// </summary>
static class TagScriptBench
{
    const int Budget = 8192;
    const double EventBudget = 5;
    const string Event = "measured";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var (none, ten, fifty) = (Size(0), Size(10), Size(50));
        var times = await EvaluateAsync(BenchContainer.WithTriggers(500, Event));
        return
        [
            Figure.Within("tags-size-0", none, "bytes gzip", Budget),
            Figure.Of("tags-size-10", ten, "bytes gzip", none, null),
            Figure.Of("tags-size-50", fifty, "bytes gzip", none, null),
            Figure.Within("tags-evaluate-500", times.Median, "ms", EventBudget),
            Figure.Of("tags-evaluate-first", times.First, "ms", EventBudget, null),
        ];
    }

    static int Size(int tags)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.SmallestSize)) gzip.Write(Script(BenchContainer.WithTags(tags)));
        return to.ToArray().Length;
    }

    static byte[] Script(IReadOnlyList<ItemContent> items)
    {
        var compiled = BenchContainer.Compile(items);
        return TagScript.Render(compiled.Container.ToJsonString(), compiled.Pieces, compiled.Code);
    }

    static async Task<Times> EvaluateAsync(IReadOnlyList<ItemContent> items)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, Script(items));
        var evaluate = Path.Combine(Repository.Root, "benchmarks", "Tags", "evaluate.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [evaluate, file, Event, 200.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var text = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        File.Delete(file);
        if (node.ExitCode != 0) throw new InvalidOperationException($"evaluate.mjs ended with {node.ExitCode}.");
        return JsonSerializer.Deserialize<Times>(text, JsonSerializerOptions.Web)!;
    }

    sealed record Times(double Median, double First);
}
