using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SaaS.Analytics.Data;

/// <summary>
/// Asks a connection whether it still lives, unless another answered within the second before this one was taken: no server
/// restarts faster, and under load each question costs. An answer that came after it was taken says nothing of this one.
/// </summary>
public sealed class RestedConnection(TimeProvider time) : DbConnectionInterceptor
{
    const string Question = "SELECT 1";
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    readonly ConditionalWeakTable<DbConnection, StrongBox<long>> taken = [];
    long answered = long.MinValue;

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Take(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Take(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!IsDue(connection)) return;
        PooledConnection.Begin(connection, Ask);
        Volatile.Write(ref answered, time.GetTimestamp());
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsDue(connection)) return;
        await PooledConnection.BeginAsync(connection, AskAsync, cancellationToken);
        Volatile.Write(ref answered, time.GetTimestamp());
    }

    void Take(DbConnection connection) => taken.GetOrCreateValue(connection).Value = time.GetTimestamp();

    bool IsDue(DbConnection connection) =>
        !taken.TryGetValue(connection, out var at) || Volatile.Read(ref answered) is var last
        && (last == long.MinValue || last > at.Value || time.GetElapsedTime(last, at.Value) > Rest);

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
