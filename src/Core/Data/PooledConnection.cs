using System.Data;
using System.Data.Common;
using Npgsql;

namespace SaaS.Analytics.Data;

/// <summary>
/// A connection of the pool that did not survive the server's last restart is found out by the first statement on it, and
/// replaced before anybody depends on it. The next one of the pool may be as dead: Npgsql empties the pool when a connection
/// breaks, but another caller can take one while it does.
/// </summary>
static class PooledConnection
{
    /// <summary>As many as a pool holds.</summary>
    const int Most = 100;

    /// <param name="connection">Just taken from the pool.</param>
    /// <param name="first">A statement that may be run twice.</param>
    public static void Begin(DbConnection connection, Action<DbConnection> first)
    {
        for (var dead = 0;; dead++)
        {
            try
            {
                first(connection);
                return;
            }
            catch (NpgsqlException) when (connection.State != ConnectionState.Open && dead < Most)
            {
                connection.Close();
                connection.Open();
            }
        }
    }

    public static async Task BeginAsync(DbConnection connection, Func<DbConnection, CancellationToken, Task> first, CancellationToken cancel)
    {
        for (var dead = 0;; dead++)
        {
            try
            {
                await first(connection, cancel);
                return;
            }
            catch (NpgsqlException) when (connection.State != ConnectionState.Open && dead < Most)
            {
                await connection.CloseAsync();
                await connection.OpenAsync(cancel);
            }
        }
    }
}
