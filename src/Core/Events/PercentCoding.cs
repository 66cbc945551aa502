using System.Buffers;
using System.Globalization;
using System.Text;

namespace SaaS.Analytics.Events;

/// <summary>Percent-encoding as browsers do it: each part of a URL has its own set of characters that are encoded.</summary>
static class PercentCoding
{
    public static readonly SearchValues<char> Opaque = Kept("");
    public static readonly SearchValues<char> Fragment = Kept(" \"<>`");
    public static readonly SearchValues<char> Query = Kept(" \"#<>");
    public static readonly SearchValues<char> SpecialQuery = Kept(" \"#<>'");
    public static readonly SearchValues<char> Path = Kept(" \"#<>?`{}^");
    public static readonly SearchValues<char> User = Kept(" \"#<>?`{}/:;=@[\\]^|");

    /// <summary>All visible ASCII but <paramref name="encoded"/>.</summary>
    static SearchValues<char> Kept(string encoded) =>
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => !encoded.Contains(c))]);

    /// <param name="text">As it came; half a surrogate pair becomes U+FFFD.</param>
    /// <param name="kept">Characters that stay.</param>
    public static string Encode(ReadOnlySpan<char> text, SearchValues<char> kept)
    {
        var plain = text.IndexOfAnyExcept(kept);
        if (plain < 0)
            return text.ToString();
        var to = new StringBuilder(text.Length + 16).Append(text[..plain]);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text[plain..].EnumerateRunes())
        {
            if (rune.IsBmp && kept.Contains((char)rune.Value))
                to.Append((char)rune.Value);
            else
                foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
                    to.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return to.ToString();
    }

    /// <summary>Bytes that are no UTF-8 become U+FFFD; a percent sign without two digits stays.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%'))
            return text.ToString();
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
                bytes[length++] = (byte)(Convert.FromHexString([(char)bytes[++i], (char)bytes[++i]])[0]);
            else
                bytes[length++] = bytes[i];
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
