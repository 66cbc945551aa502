using System.Threading.RateLimiting;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Bounds what can be done with one e-mail address from however many networks: tries to sign in, mails to its owner.</summary>
sealed class AddressLimit : IDisposable
{
    readonly PartitionedRateLimiter<string> signIns = PerAddress(20, TimeSpan.FromMinutes(15));
    readonly PartitionedRateLimiter<string> mails = PerAddress(5, TimeSpan.FromHours(1));

    public bool MaySignIn(string email) => Take(signIns, email);
    public bool MayMail(string email) => Take(mails, email);

    public void Dispose()
    {
        signIns.Dispose();
        mails.Dispose();
    }

    static bool Take(PartitionedRateLimiter<string> limiter, string email)
    {
        using var lease = limiter.AttemptAcquire(email.Trim().ToUpperInvariant());
        return lease.IsAcquired;
    }

    static PartitionedRateLimiter<string> PerAddress(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(address, _ =>
            new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window, QueueLimit = 0 }));
}
