using System.Data;
using System.Data.Common;
using Npgsql;

namespace SaaS.Analytics.Data;

/// <summary>
/// A connection of the pool that did not survive the server's last restart is found out by the first statement on it, and
/// replaced before anybody depends on it.
/// </summary>
static class PooledConnection
{
    /// <param name="connection">Just taken from the pool.</param>
    /// <param name="first">A statement that may be run twice.</param>
    public static void Begin(DbConnection connection, Action<DbConnection> first)
    {
        try
        {
            first(connection);
        }
        catch (NpgsqlException) when (connection.State != ConnectionState.Open)
        {
            // Those beside it in the pool died with it.
            NpgsqlConnection.ClearPool((NpgsqlConnection)connection);
            connection.Close();
            connection.Open();
            first(connection);
        }
    }

    public static async Task BeginAsync(DbConnection connection, Func<DbConnection, CancellationToken, Task> first, CancellationToken cancel)
    {
        try
        {
            await first(connection, cancel);
        }
        catch (NpgsqlException) when (connection.State != ConnectionState.Open)
        {
            NpgsqlConnection.ClearPool((NpgsqlConnection)connection);
            await connection.CloseAsync();
            await connection.OpenAsync(cancel);
            await first(connection, cancel);
        }
    }
}
