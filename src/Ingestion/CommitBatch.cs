namespace SaaS.Analytics.Ingestion;

/// <summary>Records that share one write and one fsync, and the one completion everybody who brought them awaits: where the batch begins.</summary>
sealed class CommitBatch
{
    const int InitialBytes = 64 * 1024;
    byte[] bytes = new byte[InitialBytes];

    public int Length { get; private set; }
    public TaskCompletionSource<SpoolPosition> Done { get; private set; } = New();
    public ReadOnlyMemory<byte> Records => bytes.AsMemory(0, Length);

    public void Add(ReadOnlySpan<byte> records)
    {
        if (Length + records.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + records.Length));
        records.CopyTo(bytes.AsSpan(Length));
        Length += records.Length;
    }

    /// <summary>Ready for the next commit; the buffer is kept.</summary>
    public void Reset()
    {
        Length = 0;
        Done = New();
    }

    static TaskCompletionSource<SpoolPosition> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
