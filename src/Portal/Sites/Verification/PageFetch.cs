using System.Net;
using System.Text;

using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Portal.Sites.Verification;

/// <summary>A page as the site's server sent it, after redirects.</summary>
/// <param name="Address">Where it came from in the end.</param>
/// <param name="Policies">Its <c>Content-Security-Policy</c> headers.</param>
sealed record FetchedPage(Uri Address, HttpStatusCode Status, string Html, IReadOnlyList<string> Policies);

/// <summary>A redirect led somewhere that is not fetched.</summary>
sealed class RedirectException(string message) : IOException(message);

/// <summary>Loads one page within its reach: at most 5 redirects, 2 MB, 10 s.</summary>
sealed class PageFetch(HttpClient client, Reach reach)
{
    const int Redirects = 5;
    const int MaxBytes = 2 << 20;
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<FetchedPage> GetAsync(Uri address, CancellationToken cancel)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(Limit);
        for (var hop = 0; hop <= Redirects; hop++)
        {
            if (!IsAllowed(address)) throw new PrivateAddressException(address.Authority);
            using var request = Request(address);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timer.Token);
            if (Target(response, address) is not { } next) return await ReadAsync(response, address, timer.Token);
            address = next;
        }
        throw new RedirectException($"The address redirects more than {Redirects} times.");
    }

    bool IsAllowed(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && reach.Port(address.Port);

    static Uri? Target(HttpResponseMessage response, Uri from) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } to ? new Uri(from, to) : null;

    static HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; AnalyticsInstallationCheck/1.0)");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml;q=0.9,*/*;q=0.5");
        return request;
    }

    static async Task<FetchedPage> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[MaxBytes];
        var length = await body.ReadAtLeastAsync(bytes, MaxBytes, throwOnEndOfStream: false, cancel);
        var policies = response.Headers.TryGetValues("Content-Security-Policy", out var values) ? values.ToList() : [];
        return new FetchedPage(address, response.StatusCode, Charset(response).GetString(bytes, 0, length), policies);
    }

    /// <summary>What is looked for is ASCII, so that a rare character set does no harm.</summary>
    static Encoding Charset(HttpResponseMessage response)
    {
        try
        {
            return Encoding.GetEncoding(response.Content.Headers.ContentType?.CharSet?.Trim('"') ?? "utf-8");
        }
        catch (ArgumentException)
        {
            return Encoding.Latin1;
        }
    }
}
