using System.Text;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>
/// A session of the engine for one request, so that settings and the current database can never reach the next
/// one; opening costs about 0.3 ms. All calls block and must not overlap.
/// </summary>
internal sealed unsafe class EngineConnection(nint connection, Action closed) : IDisposable
{
    private const string NotStreamable = "Streaming query is not supported";
    private static readonly KeyValuePair<string, string>[] NoParameters = [];

    private nint Handle => *(nint*)connection;

    private delegate nint Call(nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength, Chdb.Parameters given);

    /// <summary>Runs a statement whose output is small.</summary>
    /// <exception cref="EngineException">ClickHouse refused or failed the statement.</exception>
    public EngineResult Query(ReadOnlySpan<byte> sql, string format, IReadOnlyCollection<KeyValuePair<string, string>> parameters) =>
        EngineResult.Take(Run(sql, format, parameters, static (c, q, ql, f, fl, p) =>
            Chdb.Query(c, q, ql, f, fl, p.Names, p.NameLengths, p.Values, p.ValueLengths, p.Count)));

    /// <inheritdoc cref="Query(ReadOnlySpan{byte}, string, IReadOnlyCollection{KeyValuePair{string, string}})"/>
    public void Execute(string sql) => Query(Encoding.UTF8.GetBytes(sql), "Null", NoParameters).Dispose();

    /// <summary>Starts a SELECT; null when the engine can only run this kind of statement at once.</summary>
    /// <exception cref="EngineException">ClickHouse refused the statement.</exception>
    public QueryStream? TryStream(ReadOnlySpan<byte> sql, string format, IReadOnlyCollection<KeyValuePair<string, string>> parameters)
    {
        var handle = Run(sql, format, parameters, static (c, q, ql, f, fl, p) =>
            Chdb.StreamQuery(c, q, ql, f, fl, p.Names, p.NameLengths, p.Values, p.ValueLengths, p.Count));
        try
        {
            EngineResult.Take(handle);
        }
        catch (EngineException failure) when (failure.Message.Contains(NotStreamable, StringComparison.Ordinal))
        {
            return null;
        }

        return new QueryStream(Handle, handle);
    }

    /// <summary>Starts an INSERT; <paramref name="sql"/> ends before its FORMAT or VALUES.</summary>
    /// <exception cref="EngineException">ClickHouse refused the statement.</exception>
    public InsertStream Insert(ReadOnlySpan<byte> sql, string format, IReadOnlyCollection<KeyValuePair<string, string>> parameters) =>
        InsertStream.Take(Run(sql, format, parameters, static (c, q, ql, f, fl, p) =>
            Chdb.StreamInsert(c, q, ql, f, fl, p.Names, p.NameLengths, p.Values, p.ValueLengths, p.Count)));

    /// <summary>How many statements the text holds (0 when it does not parse) and whether they only read.</summary>
    public (int Count, bool OnlyReads) Analyze(ReadOnlySpan<byte> sql)
    {
        var analysis = new Chdb.Analysis { StructSize = (uint)sizeof(Chdb.Analysis) };
        fixed (byte* text = sql)
            return Chdb.Classify(Handle, text, (nuint)sql.Length, null, 0, &analysis) == 0
                ? ((int)analysis.StatementCount, analysis.QueryClass == 0)
                : (0, false);
    }

    public void Dispose()
    {
        Close(connection);
        closed();
    }

    /// <summary>Closes what chdb_connect returned.</summary>
    public static void Close(nint connection) => Chdb.Close((nint*)connection);

    private nint Run(ReadOnlySpan<byte> sql, string format, IReadOnlyCollection<KeyValuePair<string, string>> parameters, Call call)
    {
        using var native = new NativeParameters(parameters);
        var formatName = Encoding.UTF8.GetBytes(format);
        fixed (byte* query = sql, name = formatName)
            return call(Handle, query, (nuint)sql.Length, name, (nuint)formatName.Length, native.Native);
    }
}
