using Npgsql;

namespace SaaS.Analytics.Workers.Messaging;

/// <summary>Listens to one channel. Not for several waiters at once.</summary>
public sealed class RowSignal(string connectionString, string channel, TimeProvider clock) : IAsyncDisposable
{
    static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(5);
    NpgsqlConnection? connection;

    /// <summary>Returns at a notification, at the latest after <paramref name="atMost"/>; and at once after a lost connection was made again, as a notification may have been missed.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        try
        {
            if (connection is null) await ListenAsync(cancel);
            else await connection.WaitAsync(atMost, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            await DisposeAsync();
            await Task.Delay(Reconnect < atMost ? Reconnect : atMost, clock, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        connection = null;
    }

    async Task ListenAsync(CancellationToken cancel)
    {
        var opened = new NpgsqlConnection(connectionString);
        connection = opened;
        await opened.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"LISTEN {channel}", opened);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
