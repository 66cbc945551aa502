using System.Text;

namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>Steps through the bare words of a statement outside brackets, literals, quoted names and comments.</summary>
internal ref struct SqlWords(ReadOnlySpan<byte> sql)
{
    private readonly ReadOnlySpan<byte> _sql = sql;
    private int _depth;

    public int Start { get; private set; }
    public int End { get; private set; }

    public readonly bool Is(ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(_sql[Start..End], word);

    public bool Begins(ReadOnlySpan<byte> word) => Next() && Is(word);

    /// <summary>Moves to the next word; false at the end.</summary>
    public bool Next()
    {
        while (End < _sql.Length)
        {
            Start = End;
            var first = _sql[End];
            if (IsWordByte(first))
            {
                while (End < _sql.Length && IsWordByte(_sql[End]))
                    End++;
                if (_depth == 0)
                    return true;
            }
            else
            {
                Skip(first);
            }
        }

        return false;
    }

    private static bool IsWordByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'.' or >= 0x80;

    private void Skip(byte first)
    {
        var rest = _sql[End..];
        End += first switch
        {
            (byte)'\'' or (byte)'"' or (byte)'`' => Quoted(rest),
            (byte)'-' when rest.StartsWith("--"u8) => Until(rest, "\n"u8),
            (byte)'#' when rest.StartsWith("# "u8) || rest.StartsWith("#!"u8) => Until(rest, "\n"u8),
            (byte)'/' when rest.StartsWith("/*"u8) => Until(rest, "*/"u8),
            (byte)'$' => Heredoc(rest),
            _ => 1,
        };
        _depth += first is (byte)'(' or (byte)'[' or (byte)'{' ? 1 : first is (byte)')' or (byte)']' or (byte)'}' ? -1 : 0;
    }

    private static int Quoted(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
                i++;
            else if (rest[i] == rest[0])
                return i + 1;
        }

        return rest.Length;
    }

    private static int Until(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> mark) =>
        rest.IndexOf(mark) is >= 0 and var at ? at + mark.Length : rest.Length;

    private static int Heredoc(ReadOnlySpan<byte> rest)
    {
        var close = rest[1..].IndexOf((byte)'$');
        if (close < 0 || rest.Slice(1, close).ContainsAnyExcept(HeredocName))
            return 1;
        var mark = rest[..(close + 2)];
        return rest[mark.Length..].IndexOf(mark) is >= 0 and var at ? mark.Length + at + mark.Length : 1;
    }

    private static readonly System.Buffers.SearchValues<byte> HeredocName =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);
}
