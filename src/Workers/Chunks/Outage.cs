using System.Net.Sockets;
using ClickHouse.Driver;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Tells a store that is away, full or busy from data it will never take.</summary>
static class Outage
{
    /// <summary>
    /// ClickHouse's codes for data it cannot digest (parsing, conversion, bounds, constraints). Every other answer, a
    /// missing table included, is the server's state and passes.
    /// </summary>
    static readonly HashSet<int> DataCodes =
    [
        6, 7, 8, 25, 26, 27, 32, 33, 34, 38, 41, 43, 53, 69, 70, 72, 84, 117, 128, 131, 190, 321, 349, 407, 469, 691,
    ];

    public static bool Is(Exception error) => error switch
    {
        ClickHouseServerException e => !DataCodes.Contains(e.ErrorCode),
        DbUpdateException { InnerException: { } inner } => Is(inner),
        InvalidOperationException { InnerException: NpgsqlException inner } => Is(inner),
        PostgresException e => e.IsTransient || e.SqlState.StartsWith("57", StringComparison.Ordinal) || e.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException or HttpRequestException or SocketException or IOException or TimeoutException or TaskCanceledException => true,
        _ => false,
    };
}
