using System.Text;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A moment at which a part dies: heard from what it says to its servers, so that the product knows nothing of it.</summary>
sealed class FaultPoint(Part victim)
{
    readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock gate = new();

    /// <summary>Ends when the moment has come and the part is dead.</summary>
    public Task Died => died.Task;

    /// <returns>True the first time: the part is dead, and what was to be said must not be.</returns>
    public bool Die()
    {
        lock (gate)
        {
            if (died.Task.IsCompleted) return false;
            victim.Kill();
            died.SetResult();
            return true;
        }
    }

    public bool DieIf(bool itIsTime) => itIsTime && Die();

    /// <summary>The bytes contain the text: an exchange's name, a statement.</summary>
    public static bool Says(ReadOnlyMemory<byte> bytes, string text) => bytes.Span.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    /// <summary>A request to ClickHouse is an INSERT into the table.</summary>
    public static bool Inserts(string asked, string table) =>
        Uri.UnescapeDataString(asked.Replace('+', ' ')).Replace("`", "", StringComparison.Ordinal).Contains($"INSERT INTO {table} ", StringComparison.Ordinal);
}
