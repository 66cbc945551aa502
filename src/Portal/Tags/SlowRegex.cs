using System.Text;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>
/// Whether an expression takes for ever on some text. It is tried on what it is made of, repeated as often as the page's longest
/// text is long, with an end at which it must turn back.
/// </summary>
static class SlowRegex
{
    /// <summary>As many characters of a text does an expression see in the page.</summary>
    const int Longest = 2000;
    const int MostParts = 12;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <param name="pattern">Known to be an expression.</param>
    public static bool IsSlow(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny("*+{") < 0) return false;
        var regex = new Regex(Unmerged(pattern), RegexOptions.ECMAScript, Patience);
        // A machine that was busy elsewhere for so long is given a second chance.
        return Texts(pattern).Any(t => TakesTooLong(regex, t) && TakesTooLong(regex, t));
    }

    /// <summary>Alternatives of one character each are one class here, but not in browsers: what holds everywhere keeps them apart.</summary>
    static string Unmerged(string pattern)
    {
        var text = new StringBuilder();
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var c = pattern[at];
            text.Append(c);
            if (c == '\\' && at + 1 < pattern.Length) text.Append(pattern[++at]);
            else if (c is '[' or ']') inClass = c == '[';
            else if (c == '|' && !inClass) text.Append("(?!\u0002)");
        }
        return text.ToString();
    }

    static bool TakesTooLong(Regex regex, string text)
    {
        try
        {
            regex.IsMatch(text);
            return false;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    static IEnumerable<string> Texts(string pattern)
    {
        var parts = Parts(pattern);
        foreach (var part in parts.Append(string.Concat(parts)).Where(p => p.Length > 0))
            yield return string.Concat(Enumerable.Repeat(part, Longest / part.Length)) + "\u0001";
    }

    /// <summary>Each character that stands for itself, and one for each class of characters.</summary>
    static string[] Parts(string pattern)
    {
        var plain = pattern.Replace("\\d", "0", StringComparison.Ordinal).Replace("\\w", "a", StringComparison.Ordinal).Replace("\\s", " ", StringComparison.Ordinal)
            .Replace(".", "a", StringComparison.Ordinal).Replace("[^", "!", StringComparison.Ordinal);
        return [.. plain.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '/' or '&' or '=' or '!' or ',' or '%' or ':').Distinct().Take(MostParts).Select(c => c.ToString())];
    }
}
