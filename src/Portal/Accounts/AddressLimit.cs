using System.Threading.RateLimiting;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Bounds the mails that others can cause to one address, from however many networks. Tries to sign in are bounded by the lockout.</summary>
sealed class AddressLimit : IDisposable
{
    readonly PartitionedRateLimiter<string> mails = PerAddress(5, TimeSpan.FromHours(1));

    public bool MayMail(string email) => Take(mails, email);

    public void Dispose() => mails.Dispose();

    static bool Take(PartitionedRateLimiter<string> limiter, string email)
    {
        using var lease = limiter.AttemptAcquire(email.Trim().ToUpperInvariant());
        return lease.IsAcquired;
    }

    static PartitionedRateLimiter<string> PerAddress(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(address, _ =>
            new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window, QueueLimit = 0 }));
}
