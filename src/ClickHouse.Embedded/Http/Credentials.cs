using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>The one account, asked for in the three ways ClickHouse's HTTP interface knows.</summary>
internal sealed class Credentials(string user, string password)
{
    private readonly byte[] _user = Digest(user);
    private readonly byte[] _password = Digest(password);

    /// <summary>Compares in constant time.</summary>
    public bool Match(HttpRequest request)
    {
        var (givenUser, givenPassword) = Given(request);
        return CryptographicOperations.FixedTimeEquals(Digest(givenUser), _user)
            & CryptographicOperations.FixedTimeEquals(Digest(givenPassword), _password);
    }

    private static (string User, string Password) Given(HttpRequest request)
    {
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header))
            return Basic(header);
        return request.Headers.TryGetValue("X-ClickHouse-User", out var user)
            ? (user.ToString(), request.Headers["X-ClickHouse-Key"].ToString())
            : (request.Query["user"].ToString(), request.Query["password"].ToString());
    }

    private static (string User, string Password) Basic(AuthenticationHeaderValue header)
    {
        var bytes = new byte[header.Parameter?.Length ?? 0];
        if (!header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length))
            return ("", "");
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
