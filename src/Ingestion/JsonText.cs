using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SaaS.Analytics.Ingestion;

/// <summary>Strings out of JSON that never throw: what is no character becomes U+FFFD, what is too long is cut.</summary>
static class JsonText
{
    const char Unknown = '\uFFFD';
    static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Except(['\t', '\n', '\r']), .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>The name of the property the reader is on, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Name(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Clean(Unescape(reader.ValueSpan))) : reader.ValueSpan;

    /// <summary>The string or number the reader is on.</summary>
    public static string Value(ref Utf8JsonReader reader, int maxLength, out bool cut)
    {
        var text = Clean(reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan));
        cut = text.Length > maxLength;
        return cut ? Cut(text, maxLength) : text;
    }

    /// <summary>The first characters, without half a surrogate pair at the end.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text
        : char.IsHighSurrogate(text[maxLength - 1]) ? text[..(maxLength - 1)]
        : text[..maxLength];

    /// <summary>Control characters and lone surrogates become U+FFFD: no store can keep them, and none means anything here.</summary>
    static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny(Suspicious) < 0) return text;
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i];
                if (char.IsHighSurrogate(from[i]) && i + 1 < from.Length && char.IsLowSurrogate(from[i + 1])) to[++i] = from[i];
                else if (char.IsSurrogate(from[i]) || from[i] < ' ' && from[i] is not ('\t' or '\n' or '\r')) to[i] = Unknown;
            }
        });
    }

    // The framework's own throws on lone surrogates; an exception per string is too dear on this path.
    static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (int slash; (slash = escaped.IndexOf((byte)'\\')) >= 0;)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..slash])).Append(Escape(escaped[slash..], out var length));
            escaped = escaped[(slash + length)..];
        }
        return text.Append(Encoding.UTF8.GetString(escaped)).ToString();
    }

    // The reader has checked the syntax.
    static char Escape(ReadOnlySpan<byte> escape, out int length)
    {
        length = escape[1] == 'u' ? 6 : 2;
        return escape[1] switch
        {
            (byte)'u' => (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            var plain => (char)plain,
        };
    }
}
