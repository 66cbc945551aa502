using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Bench.Reports;

/// <summary>What a bare statement answered, how long it took, and how many rows it read.</summary>
sealed record BareAnswer(string Text, double Milliseconds, long RowsRead);

/// <summary>Statements over ClickHouse's HTTP interface, as bare as they can be sent.</summary>
sealed class StoreHttp : IDisposable
{
    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    readonly Uri address;

    StoreHttp(string url)
    {
        var parts = new UriBuilder(url);
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{parts.UserName}:{parts.Password}")));
        (parts.UserName, parts.Password) = ("", "");
        address = parts.Uri;
    }

    public static async Task<StoreHttp> ToAsync(string connection) => new(
        (await Servers.ClickHouseAsync()).Url((string)new DbConnectionStringBuilder { ConnectionString = connection }["Database"]));

    public async Task<BareAnswer> RunAsync(string statement)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await http.PostAsync(address, new StringContent(statement));
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{text}\n{statement}");
        var elapsed = watch.Elapsed.TotalMilliseconds;
        return new BareAnswer(text, elapsed, RowsRead(answer));
    }

    /// <summary>A plan with its values put into the text.</summary>
    public Task<BareAnswer> RunAsync(Plan plan) => RunAsync(plan.Parameters.OrderByDescending(p => p.Name.Length).Aggregate(
        plan.Sql, (sql, p) => sql.Replace($"{{{p.Name}:{p.Type}}}", p.Value is string text ? $"'{text}'" : Convert.ToString(p.Value, CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    static long RowsRead(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("X-ClickHouse-Summary", out var summary)) return 0;
        using var json = JsonDocument.Parse(summary.First());
        return long.Parse(json.RootElement.GetProperty("read_rows").GetString()!, CultureInfo.InvariantCulture);
    }

    public void Dispose() => http.Dispose();
}
