using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>
/// While it lives, stops a reading statement whose client has gone. It asks again and again, because the
/// statement may not have begun when the client leaves.
/// </summary>
internal sealed class StopOnDisconnect : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _registration;

    public StopOnDisconnect(ClickHouseEngine engine, string mark, CancellationToken disconnected) =>
        _registration = disconnected.Register(() => _ = StopAsync(engine, mark));

    public void Dispose()
    {
        _registration.Dispose();
        _ended.Cancel();
    }

    private async Task StopAsync(ClickHouseEngine engine, string mark)
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await Task.Run(() => engine.Stop(mark));
            }
            catch (EngineException failure)
            {
                await Console.Error.WriteLineAsync($"A statement without client could not be stopped: {failure.Message}");
            }

            await Task.Delay(Pause);
        }
    }
}
