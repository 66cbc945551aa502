using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class AccessTests(ClickHouseFixture clickHouse)
{
    private Uri Address => new($"http://127.0.0.1:{clickHouse.Server.Port}/");

    [EmbeddedFact]
    public async Task AWrongPasswordIsRefused()
    {
        using var client = clickHouse.Server.Connect("wrong");
        var failure = await Assert.ThrowsAsync<ClickHouseServerException>(() => client.ExecuteScalarAsync("SELECT 1"));
        Assert.Equal(516, failure.ErrorCode);
    }

    [EmbeddedFact]
    public async Task NoPasswordIsRefused()
    {
        using var answer = await SendAsync(Question());
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("516", answer.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
    }

    [EmbeddedFact]
    public async Task AllThreeWaysOfSigningInWork()
    {
        var headers = Question();
        headers.Headers.Add("X-ClickHouse-User", ServerProcess.User);
        headers.Headers.Add("X-ClickHouse-Key", ServerProcess.Password);
        var query = Question($"&user={ServerProcess.User}&password={Uri.EscapeDataString(ServerProcess.Password)}");
        foreach (var request in new[] { headers, query, SignedIn(Question()) })
            Assert.Equal("1\n", await (await SendAsync(request)).Content.ReadAsStringAsync());
    }

    [EmbeddedFact]
    public async Task APageThatReboundItsNameIsRefused()
    {
        foreach (var host in new[] { "evil.example", $"evil.example:{clickHouse.Server.Port}", "127.0.0.1", "127.0.0.1:1" })
        {
            var request = SignedIn(Question());
            request.Headers.Host = host;
            using var answer = await SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [EmbeddedFact]
    public async Task AnyPageIsRefused()
    {
        var request = SignedIn(Question());
        request.Headers.Add("Origin", "http://localhost:5000");
        using var answer = await SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [EmbeddedFact]
    public async Task PingNeedsNoPassword()
    {
        using var http = new HttpClient();
        Assert.Equal("Ok.\n", await http.GetStringAsync(new Uri(Address, "ping")));
    }

    [EmbeddedFact]
    public async Task SessionsAreRefusedClearly()
    {
        using var answer = await SendAsync(SignedIn(Question("&session_id=s")));
        Assert.Equal("48", answer.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
        Assert.Contains("session_id", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [EmbeddedFact]
    public async Task ABodyThatIsNoGzipIsRefused()
    {
        var request = SignedIn(new HttpRequestMessage(HttpMethod.Post, Address) { Content = new StringContent("SELECT 1") });
        request.Content!.Headers.ContentEncoding.Add("gzip");
        using var answer = await SendAsync(request);
        Assert.Equal("271", answer.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
    }

    private HttpRequestMessage Question(string more = "") => new(HttpMethod.Get, new Uri(Address, $"?query=SELECT%201{more}"));

    private static HttpRequestMessage SignedIn(HttpRequestMessage request)
    {
        var account = Encoding.UTF8.GetBytes($"{ServerProcess.User}:{ServerProcess.Password}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(account));
        return request;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient();
        return await http.SendAsync(request);
    }
}
