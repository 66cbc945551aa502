using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>The receiver did not take a webhook.</summary>
/// <param name="reason">For the tenant; nothing that was answered is in it.</param>
/// <param name="isFinal">Trying again is of no use.</param>
sealed class WebhookRefusedException(string reason, bool isFinal) : Exception(reason)
{
    public bool IsFinal => isFinal;
}

/// <summary>
/// One signed POST. Connections go only to addresses that were checked after the look-up; redirects are not followed, and
/// nothing of the answer but its status is looked at: a webhook is no way into anybody's network.
/// </summary>
public sealed class WebhookCall : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    readonly HttpClient http;
    readonly Reach reach;
    readonly TimeProvider clock;

    /// <param name="resolve">The look-up of names.</param>
    /// <param name="reach">What may be opened.</param>
    /// <param name="clock">For the time in the signature.</param>
    public WebhookCall(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Reach reach, TimeProvider clock)
    {
        (this.reach, this.clock) = (reach, clock);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 64, PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = new GuardedConnection(resolve, reach).OpenAsync,
        }, disposeHandler: true);
    }

    /// <exception cref="WebhookRefusedException">It was not taken.</exception>
    public async Task SendAsync(AlertDelivery delivery, string secret, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var request = Request(delivery, secret);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
                throw new WebhookRefusedException($"The receiver answers with {(int)answer.StatusCode}.", answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw new WebhookRefusedException(Reason(e), false);
        }
    }

    /// <summary>Of time and body, so that neither can be changed nor an old one be played again.</summary>
    public static string Signature(string secret, Guid id, long timestamp, string body) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}"))));

    public void Dispose() => http.Dispose();

    HttpRequestMessage Request(AlertDelivery delivery, string secret)
    {
        if (!Uri.TryCreate(delivery.Address, UriKind.Absolute, out var url) || !reach.Port(url.Port))
            throw new WebhookRefusedException("The address uses a port that webhooks are not sent to; use 443.", true);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.ParseAdd("AnalyticsWebhook/1.0");
        if (delivery.Kind == TargetKinds.Webhook) Sign(request, delivery, secret);
        return request;
    }

    /// <summary>The secret of the other kinds is in their address or body, and is theirs.</summary>
    void Sign(HttpRequestMessage request, AlertDelivery delivery, string secret)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add("Webhook-Id", delivery.Id.ToString());
        request.Headers.Add("Webhook-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Webhook-Signature", Signature(secret, delivery.Id, timestamp, delivery.Body));
    }

    static string Reason(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
            if (e is PrivateAddressException) return "The address leads into a private network; webhooks go to public ones only.";
        return error is OperationCanceledException ? "The receiver did not answer within 10 seconds." : "The receiver cannot be reached.";
    }
}
