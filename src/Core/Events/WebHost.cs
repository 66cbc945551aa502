using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace SaaS.Analytics.Events;

/// <summary>A URL's host by the URL standard (https://url.spec.whatwg.org/#host-parsing).</summary>
static class WebHost
{
    static readonly SearchValues<char> Forbidden = SearchValues.Create("\0\t\n\r #/:<>?@[\\]^|");
    static readonly SearchValues<char> ForbiddenInDomain = SearchValues.Create(
        [.. "\0\t\n\r #/:<>?@[\\]^|%\x7f", .. Enumerable.Range(0, ' ').Select(c => (char)c)]);
    static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <param name="text">Not empty.</param>
    /// <param name="special">The scheme is one of the web's own, so that the host is a domain or an address.</param>
    /// <returns>Null where it is none.</returns>
    public static string? Parse(ReadOnlySpan<char> text, bool special)
    {
        if (text[0] == '[')
            return text[^1] == ']' ? Version6(text[1..^1]) : null;
        if (!special)
            return text.ContainsAny(Forbidden) ? null : PercentCoding.Encode(text, PercentCoding.Opaque);
        var domain = Domain(PercentCoding.Decode(text));
        return domain is null || domain.Length == 0 || domain.AsSpan().ContainsAny(ForbiddenInDomain) ? null
            : EndsInNumber(domain) ? Version4(domain)
            : domain;
    }

    /// <summary>Lower case, in ASCII; null for what no name can be made of.</summary>
    static string? Domain(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        try
        {
            return Idn.GetAscii(text.Normalize(NormalizationForm.FormC)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static bool EndsInNumber(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        var last = name[(name.LastIndexOf('.') + 1)..];
        return last.Length > 0 && (last.All(char.IsAsciiDigit) || (last.StartsWith("0x", StringComparison.Ordinal) && last.Skip(2).All(char.IsAsciiHexDigit)));
    }

    /// <summary>One to four numbers, each decimal, octal or hexadecimal; the last fills the bytes that are left.</summary>
    static string? Version4(string host)
    {
        var parts = (host.EndsWith('.') ? host[..^1] : host).Split('.');
        if (parts.Length > 4)
            return null;
        var numbers = parts.Select(Number).ToList();
        if (numbers.Contains(null) || numbers.SkipLast(1).Any(n => n > 255) || numbers[^1] >= 1L << (8 * (5 - parts.Length)))
            return null;
        var address = numbers[^1]!.Value;
        for (var i = 0; i < parts.Length - 1; i++)
            address |= numbers[i]!.Value << (8 * (3 - i));
        return $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}";
    }

    static long? Number(string part)
    {
        var (digits, radix) = part.StartsWith("0x", StringComparison.Ordinal) ? (part[2..], 16) : part.Length > 1 && part[0] == '0' ? (part[1..], 8) : (part, 10);
        if (part.Length == 0)
            return null;
        long value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return null;
            // Beyond 32 bits it is refused in any case: it need not be exact.
            value = Math.Min(value * radix + digit, 1L << 40);
        }
        return value;
    }

    static string? Version6(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiHexDigit(c) && c is not (':' or '.'))
                return null;
        if (!HasPlainVersion4(text) || !IPAddress.TryParse(text, out var address) || address.GetAddressBytes() is not { Length: 16 } bytes)
            return null;
        var groups = Enumerable.Range(0, 8).Select(i => bytes[2 * i] << 8 | bytes[2 * i + 1]).ToArray();
        return $"[{Compressed(groups)}]";
    }

    /// <summary>An IPv4 address at the end must be four decimal numbers without leading zeros.</summary>
    static bool HasPlainVersion4(ReadOnlySpan<char> text)
    {
        var start = text.LastIndexOf(':') + 1;
        if (!text[start..].Contains('.'))
            return true;
        var count = 0;
        foreach (var range in text[start..].Split('.'))
        {
            var part = text[start..][range];
            if (++count > 4 || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _) || (part.Length > 1 && part[0] == '0'))
                return false;
        }
        return count == 4;
    }

    /// <summary>The first longest run of two or more zeros becomes <c>::</c>.</summary>
    static string Compressed(int[] groups)
    {
        var (start, length) = (-1, 1);
        for (var i = 0; i < 8; i++)
        {
            var run = groups[i..].TakeWhile(g => g == 0).Count();
            if (run > length)
                (start, length) = (i, run);
        }
        string Text(int from, int to) => string.Join(':', groups[from..to].Select(g => g.ToString("x", CultureInfo.InvariantCulture)));
        return start < 0 ? Text(0, 8) : $"{Text(0, start)}::{Text(start + length, 8)}";
    }
}
