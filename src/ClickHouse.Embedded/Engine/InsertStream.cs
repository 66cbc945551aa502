using System.Runtime.InteropServices;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>An INSERT that takes its data in pieces; disposing it before <see cref="Done"/> stores nothing more.</summary>
internal sealed unsafe class InsertStream : IDisposable
{
    private readonly nint _handle;
    private bool _ended;

    private InsertStream(nint handle) => _handle = handle;

    /// <exception cref="EngineException">The statement is wrong; the handle is freed.</exception>
    public static InsertStream Take(nint handle)
    {
        if (Chdb.InsertError(handle) is not 0 and var error)
        {
            var message = Marshal.PtrToStringUTF8(error)!;
            Chdb.DestroyInsert(handle);
            throw new EngineException(message);
        }

        return new InsertStream(handle);
    }

    /// <summary>Hands over data, waiting while the engine is behind; false when the engine takes no more (then <see cref="Done"/> says why).</summary>
    public bool Append(ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
            return Chdb.InsertAppend(_handle, bytes, (nuint)data.Length) == 0;
    }

    /// <summary>Ends the data and commits.</summary>
    /// <exception cref="EngineException">The data or its storing failed.</exception>
    public Progress Done()
    {
        _ended = true;
        using var result = EngineResult.Take(Chdb.InsertDone(_handle));
        return result.Progress;
    }

    public void Dispose()
    {
        if (!_ended)
            Chdb.InsertCancel(_handle);
        Chdb.DestroyInsert(_handle);
    }
}
