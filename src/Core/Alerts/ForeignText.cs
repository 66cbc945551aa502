using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Alerts;

/// <summary>Text that a visitor may have written, as it goes into mails and messages: one line, cut, and no mail program makes a link of it.</summary>
public static partial class ForeignText
{
    const int Longest = 80;
    const string Joiner = "\u2060";

    public static string Of(string text, int longest = Longest)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            clean.Append(IsHarmless(rune) ? rune.ToString() : " ");
        var line = Spaces().Replace(clean.ToString(), " ").Trim();
        var letters = new StringInfo(line);
        var cut = letters.LengthInTextElements <= longest ? line : letters.SubstringByTextElements(0, longest - 1) + "…";
        return Linkable().Replace(cut, Joiner + "$0" + Joiner);
    }

    /// <summary>Control and format characters turn text around or hide parts of it.</summary>
    static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>What addresses and domains cannot do without, between two other characters.</summary>
    [GeneratedRegex(@"(?<=\S)[.:@/。．｡](?=\S)")]
    private static partial Regex Linkable();
}
