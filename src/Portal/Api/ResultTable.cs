using System.Globalization;
using System.Text;
using System.Text.Json;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary>The rows of an answer as a table: the dimensions, the metrics, and those of the range compared with.</summary>
/// <param name="Texts">Names of the dimensions.</param>
/// <param name="Numbers">Names of the metrics.</param>
/// <param name="Rows">Values in the same order; null where there is nothing to divide by, or to compare with.</param>
sealed record ResultTable(IReadOnlyList<string> Texts, IReadOnlyList<string> Numbers, IReadOnlyList<(IReadOnlyList<string> Texts, IReadOnlyList<double?> Numbers)> Rows)
{
    const string ComparedPrefix = "compared:";

    public static ResultTable Of(ReportResult result)
    {
        var metrics = result.Query.Metrics.Select(m => m.Key).ToList();
        var compared = result.Query.Comparison != Comparison.None;
        return new ResultTable(
            [.. result.Query.Dimensions.Select(d => d.Key)],
            compared ? [.. metrics, .. metrics.Select(m => ComparedPrefix + m)] : metrics,
            [.. result.Rows.Select(row => (row.Dimensions, compared ? [.. row.Metrics, .. Compared(row)] : row.Metrics))]);
    }

    static IEnumerable<double?> Compared(ReportRow row) => row.Compared?.Metrics ?? row.Metrics.Select(_ => (double?)null);

    /// <summary>RFC 4180, with a line of names.</summary>
    public async Task WriteCsvAsync(Stream stream)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', Texts.Concat(Numbers).Select(Quoted)));
        foreach (var (texts, numbers) in Rows)
            await writer.WriteLineAsync(string.Join(',', texts.Select(Quoted).Concat(numbers.Select(Number))));
    }

    /// <summary>One JSON object a line.</summary>
    public async Task WriteLinesAsync(Stream stream)
    {
        foreach (var (texts, numbers) in Rows)
        {
            var line = Texts.Zip(texts, (k, v) => (k, (object?)v)).Concat(Numbers.Zip(numbers, (k, v) => (k, (object?)v))).ToDictionary(x => x.k, x => x.Item2);
            await JsonSerializer.SerializeAsync(stream, line);
            await stream.WriteAsync("\n"u8.ToArray());
        }
    }

    static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
