using System.Runtime.InteropServices;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>Rows and bytes a statement read and wrote, as far as the engine counts them.</summary>
public readonly record struct Progress(ulong ReadRows, ulong ReadBytes, ulong WrittenRows, ulong WrittenBytes, ulong ResultRows)
{
    public static Progress operator +(Progress a, Progress b) => new(
        a.ReadRows + b.ReadRows, a.ReadBytes + b.ReadBytes, a.WrittenRows + b.WrittenRows, a.WrittenBytes + b.WrittenBytes, a.ResultRows + b.ResultRows);
}

/// <summary>Formatted output in the engine's memory, freed when disposed.</summary>
internal sealed unsafe class EngineResult : IDisposable
{
    private readonly nint _handle;

    private EngineResult(nint handle) => _handle = handle;

    public int Length => checked((int)Chdb.ResultLength(_handle));

    public Progress Progress => new(
        Chdb.ResultReadRows(_handle), Chdb.ResultReadBytes(_handle),
        Chdb.ResultWrittenRows(_handle), Chdb.ResultWrittenBytes(_handle), Chdb.ResultRows(_handle));

    public ReadOnlySpan<byte> Bytes => new(Chdb.ResultBuffer(_handle), Length);

    /// <summary>The bytes from <paramref name="offset"/> on, readable until this result is disposed.</summary>
    public Stream Open(int offset) =>
        Length > offset ? new UnmanagedMemoryStream(Chdb.ResultBuffer(_handle) + offset, Length - offset) : Stream.Null;

    /// <exception cref="EngineException">The handle holds an error; it is freed.</exception>
    public static EngineResult Take(nint handle)
    {
        if (Chdb.ResultError(handle) is not 0 and var error)
        {
            var message = Marshal.PtrToStringUTF8(error)!;
            Chdb.DestroyResult(handle);
            throw new EngineException(message);
        }

        return new EngineResult(handle);
    }

    public void Dispose() => Chdb.DestroyResult(_handle);
}
