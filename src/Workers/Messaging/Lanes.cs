using System.Threading.Channels;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Messaging;

/// <summary>
/// Several senders beside each other, each in its own time: one that is held up keeps nobody from waking the others. Half of
/// them only send what was never tried, so that receivers known to hang cannot take all.
/// </summary>
/// <param name="patience">With a store that is away.</param>
/// <param name="sendNext">Sends one, if asked to only a new one; false when none is due.</param>
sealed class Lanes(Patience patience, Func<bool, CancellationToken, Task<bool>> sendNext)
{
    const int Count = 8;

    /// <summary>A wake while a lane is sending is kept: what was written meanwhile is looked for.</summary>
    readonly Channel<bool>[] wakes =
        [.. Enumerable.Range(0, Count).Select(_ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }))];

    /// <summary>Until it is cancelled; what is being sent then is brought to its end.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> wait, CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = Enumerable.Range(0, Count).Select(lane => SendAsync(lane, end.Token)).Append(WakeAsync(wait, end.Token)).ToList();
        await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running);
    }

    async Task WakeAsync(Func<CancellationToken, Task> wait, CancellationToken cancel)
    {
        while (true)
        {
            await wait(cancel);
            foreach (var lane in wakes) lane.Writer.TryWrite(true);
        }
    }

    async Task SendAsync(int lane, CancellationToken cancel)
    {
        while (true)
        {
            await patience.UntilThereAsync(c => SendAllAsync(lane % 2 == 1, c), cancel);
            await wakes[lane].Reader.ReadAsync(cancel);
        }
    }

    async Task SendAllAsync(bool onlyNew, CancellationToken cancel)
    {
        while (await sendNext(onlyNew, cancel)) { }
    }
}
