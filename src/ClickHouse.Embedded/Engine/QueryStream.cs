namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>A running SELECT whose result is taken chunk by chunk; disposing it early cancels it.</summary>
internal sealed class QueryStream(nint connection, nint handle) : IDisposable
{
    private bool _ended;

    /// <summary>The next chunk, a complete document of the format by itself, or null at the end.</summary>
    /// <exception cref="EngineException">The statement failed after it had begun.</exception>
    public EngineResult? Next()
    {
        if (_ended)
            return null;
        _ended = true;
        var chunk = EngineResult.Take(Chdb.StreamFetch(connection, handle));
        if (chunk.Length > 0)
        {
            _ended = false;
            return chunk;
        }

        chunk.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (!_ended)
            Chdb.StreamCancel(connection, handle);
        Chdb.DestroyResult(handle);
    }
}
