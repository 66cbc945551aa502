using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SaaS.Analytics.Data;

/// <summary>Asks a connection whether it still lives, at most once a second: no server restarts faster, and under load each question costs.</summary>
public sealed class RestedConnection(TimeProvider time) : DbConnectionInterceptor
{
    const string Question = "SELECT 1";
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    long answered = long.MinValue;

    bool IsDue => Volatile.Read(ref answered) is var last && (last == long.MinValue || time.GetElapsedTime(last) > Rest);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!IsDue) return;
        PooledConnection.Begin(connection, Ask);
        Volatile.Write(ref answered, time.GetTimestamp());
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsDue) return;
        await PooledConnection.BeginAsync(connection, AskAsync, cancellationToken);
        Volatile.Write(ref answered, time.GetTimestamp());
    }

    static void Ask(DbConnection connection)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    static async Task AskAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Question;
        return command;
    }
}
