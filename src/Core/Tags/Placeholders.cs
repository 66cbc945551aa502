using System.Text.RegularExpressions;

namespace SaaS.Analytics.Tags;

/// <summary>Variables in texts: <c>{{Name}}</c>.</summary>
public static partial class Placeholders
{
    /// <returns>Literals and names in their order.</returns>
    public static IEnumerable<(bool IsName, string Text)> Parts(string text)
    {
        var at = 0;
        foreach (Match match in Name().Matches(text))
        {
            if (match.Index > at) yield return (false, text[at..match.Index]);
            yield return (true, match.Groups[1].Value.Trim());
            at = match.Index + match.Length;
        }
        if (at < text.Length) yield return (false, text[at..]);
    }

    public static IEnumerable<string> Names(string text) => Name().Matches(text).Select(m => m.Groups[1].Value.Trim());

    public static string Replace(string text, Func<string, string> with) => Name().Replace(text, m => with(m.Groups[1].Value.Trim()));

    [GeneratedRegex(@"\{\{([^{}]{1,120})\}\}")]
    private static partial Regex Name();
}
