namespace SaaS.Analytics.Alerts;

/// <summary>
/// What a text must be: nothing in particular, one value, or a pattern in which <c>*</c> stands for anything up to the next
/// slash and <c>**</c> for anything. Upper and lower case are the same.
/// </summary>
sealed class TextTest
{
    const int LongestText = 1000;
    readonly string? pattern;

    public TextTest(string wanted)
    {
        Any = wanted.Length == 0;
        if (wanted.Contains('*')) pattern = wanted.ToLowerInvariant();
        else if (!Any) Exact = wanted;
    }

    public bool Any { get; }

    /// <summary>Null where it is no single value.</summary>
    public string? Exact { get; }

    public bool Holds(string text) =>
        Any || (Exact is not null ? text.Equals(Exact, StringComparison.OrdinalIgnoreCase) : text.Length is > 0 and <= LongestText && IsLike(pattern, text));

    /// <summary>Keeps, for each length of the text's beginning, whether the pattern so far matches it: no pattern can make it slow.</summary>
    static bool IsLike(ReadOnlySpan<char> pattern, string text)
    {
        Span<bool> reached = stackalloc bool[text.Length + 1];
        reached.Clear();
        reached[0] = true;
        for (var p = 0; p < pattern.Length; p++)
        {
            if (pattern[p] != '*')
            {
                Step(reached, pattern[p], text);
                continue;
            }
            var isAnything = p + 1 < pattern.Length && pattern[p + 1] == '*';
            if (isAnything) p++;
            for (var i = 0; i < text.Length; i++)
                reached[i + 1] |= reached[i] && (isAnything || text[i] != '/');
        }
        return reached[^1];
    }

    static void Step(Span<bool> reached, char wanted, string text)
    {
        for (var i = text.Length; i > 0; i--)
            reached[i] = reached[i - 1] && char.ToLowerInvariant(text[i - 1]) == wanted;
        reached[0] = false;
    }
}
