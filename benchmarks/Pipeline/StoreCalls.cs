using System.Data.Common;
using System.Globalization;
using System.Text;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>Statements to the ClickHouse engine over its HTTP interface, as bare as they can be sent.</summary>
sealed class StoreCalls : IDisposable
{
    readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(5) };
    readonly Uri address;

    /// <param name="url">With user, password and database in it.</param>
    public StoreCalls(string url)
    {
        var parts = new UriBuilder(url);
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{parts.UserName}:{parts.Password}")));
        (parts.UserName, parts.Password) = ("", "");
        address = parts.Uri;
    }

    /// <param name="connection">The driver's connection string for the embedded engine.</param>
    public static async Task<StoreCalls> ToAsync(string connection) => new(
        (await Servers.ClickHouseAsync()).Url((string)new DbConnectionStringBuilder { ConnectionString = connection }["Database"]));

    public async Task<byte[]> BytesAsync(string statement)
    {
        using var answer = await http.PostAsync(address, new StringContent(statement));
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public Task RunAsync(string statement) => BytesAsync(statement);

    public async Task<string> TextAsync(string statement) => Encoding.UTF8.GetString(await BytesAsync(statement));

    public async Task<long> NumberAsync(string statement) => long.Parse(await TextAsync(statement), CultureInfo.InvariantCulture);

    public async Task InsertAsync(string statement, byte[] rows, string settings)
    {
        using var answer = await http.PostAsync(new Uri($"{address}&query={Uri.EscapeDataString(statement)}{settings}"), new ByteArrayContent(rows));
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();
}
