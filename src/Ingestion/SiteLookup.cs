using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// Finds a site in memory and, where it is not there, in PostgreSQL before anybody is told that it does not exist: a
/// snippet may be tried the moment it is copied. At most one such read at a time and one a second.
/// </summary>
sealed class SiteLookup(SiteList sites, SiteListReader reader, TimeProvider time, ILogger<SiteLookup> log)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    readonly Lock gate = new();
    Task<bool>? reading;
    long readAt;

    /// <exception cref="RefusedRequestException">503: it is not known here and PostgreSQL cannot be asked.</exception>
    public ValueTask<SiteEntry?> FindAsync(string? trackingId) =>
        sites.Find(trackingId) is { } site ? ValueTask.FromResult<SiteEntry?>(site)
        : TrackingId.IsValid(trackingId) ? new ValueTask<SiteEntry?>(AskAsync(trackingId!))
        : ValueTask.FromResult<SiteEntry?>(null);

    /// <returns>Null where <paramref name="key"/> may not write events for the site.</returns>
    public WriteKey? WriteKey(string key, SiteEntry site) => sites.WriteKey(key, site);

    async Task<SiteEntry?> AskAsync(string trackingId)
    {
        if (await ReadAgain()) return sites.Find(trackingId);
        throw new RefusedRequestException(StatusCodes.Status503ServiceUnavailable, "Busy", "Whether this site exists cannot be told at the moment; send the events again later.");
    }

    /// <returns>False where the list could not be read.</returns>
    Task<bool> ReadAgain()
    {
        lock (gate)
        {
            if (reading is { IsCompleted: false }) return reading;
            if (reading is not null && time.GetElapsedTime(readAt) < Pause) return reading;
            readAt = time.GetTimestamp();
            return reading = ReadAsync();
        }
    }

    async Task<bool> ReadAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            sites.Replace(await reader.ReadAsync(limit.Token));
            return true;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The site list could not be read for a site that is not in it.");
            return false;
        }
    }
}
