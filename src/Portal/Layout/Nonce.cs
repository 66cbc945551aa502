using System.Security.Cryptography;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>The request's Content-Security-Policy nonce, for the few script elements that a page holds itself.</summary>
public sealed class Nonce
{
    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
}
