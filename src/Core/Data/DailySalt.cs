namespace SaaS.Analytics.Data;

/// <summary>
/// The cookieless salt of one UTC day, encrypted under that day's key, which is kept outside of the database and its
/// backups: when the key is deleted, two days later, the salt is gone for good.
/// </summary>
public sealed class DailySalt
{
    public required DateOnly Day { get; init; }

    /// <summary>AES-256-GCM: nonce (12) ‖ ciphertext (16) ‖ tag (16).</summary>
    public required byte[] Sealed { get; init; }
    public required DateTime CreatedAt { get; init; }
}
