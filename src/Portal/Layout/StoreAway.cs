using ClickHouse.Driver;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>Tells a store that is away, starting or too busy from a mistake of ours: the one passes by itself (503), the other does not (500).</summary>
static class StoreAway
{
    /// <summary>What clients are asked to wait before they try again, seconds.</summary>
    public const string RetryAfter = "5";

    /// <summary>ClickHouse's codes for a query that took too long, too many at once, networks, memory, shutting down.</summary>
    static readonly HashSet<int> BusyCodes = [159, 202, 209, 210, 236, 241, 279, 439, 999];

    public static bool Is(Exception? error) => error switch
    {
        PostgresException e => e.IsTransient || e.SqlState.StartsWith("57", StringComparison.Ordinal) || e.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException => true,
        ClickHouseServerException e => BusyCodes.Contains(e.ErrorCode),
        HttpRequestException => true,
        InvalidOperationException or DbUpdateException or RetryLimitExceededException => Is(error.InnerException),
        _ => false,
    };
}
