using System.Text;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>Where an INSERT ends and its data begins, byte offsets into the request.</summary>
/// <param name="StatementEnd">End of the statement without FORMAT or VALUES.</param>
/// <param name="Format">The data's format.</param>
/// <param name="DataStart">First byte of data.</param>
public readonly record struct InsertShape(int StatementEnd, string Format, int DataStart);

/// <summary>The little one must read in a statement to route it: the parser is the engine's.</summary>
public static class SqlText
{
    /// <summary>The parts of an INSERT that carries data; null for everything else (INSERT … SELECT too).</summary>
    public static InsertShape? FindInsert(ReadOnlySpan<byte> sql)
    {
        var words = new SqlWords(sql);
        if (!words.Next() || !words.Is("INSERT"u8))
            return null;
        while (words.Next())
        {
            if (words.Is("SELECT"u8) || words.Is("WITH"u8) || words.Is("INFILE"u8))
                return null;
            if (words.Is("VALUES"u8))
                return new InsertShape(words.Start, "Values", words.End);
            if (words.Is("FORMAT"u8))
                return FindData(sql, words.Start, ref words);
        }

        return null;
    }

    /// <summary>The format named by a trailing FORMAT clause, or null.</summary>
    public static string? FindFormat(ReadOnlySpan<byte> sql)
    {
        string? format = null;
        var words = new SqlWords(sql);
        while (words.Next())
        {
            if (!words.Is("FORMAT"u8) || !words.Next())
                continue;
            var name = Encoding.UTF8.GetString(sql[words.Start..words.End]);
            var rest = sql[words.End..].TrimStart(" \t\r\n;"u8);
            if (rest.IsEmpty || new SqlWords(rest).Begins("SETTINGS"u8))
                format = name;
        }

        return format;
    }

    /// <summary>A string literal of ClickHouse.</summary>
    public static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A quoted identifier of ClickHouse.</summary>
    public static string QuoteName(string name) =>
        $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";

    private static InsertShape? FindData(ReadOnlySpan<byte> sql, int statementEnd, ref SqlWords words)
    {
        if (!words.Next())
            return null;
        var format = Encoding.UTF8.GetString(sql[words.Start..words.End]);
        var data = words.End;
        while (data < sql.Length && sql[data] is (byte)' ' or (byte)'\t' or (byte)'\f' or (byte)'\r')
            data++;
        if (data < sql.Length && sql[data] == '\n')
            data++;
        return new InsertShape(statementEnd, format, data);
    }
}
