using System.Text.RegularExpressions;
using Acornima;
using AngleSharp.Css.Parser;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>What people write in other languages: it must be whole, as one mistake in a script would stop all of it.</summary>
static partial class CodeCheck
{
    const int LongestRegex = 500;

    /// <returns>What is wrong with a function that a variable is made of.</returns>
    public static string? Function(string code) => Parse($"({WithoutNames(code)}\n)()", code);

    /// <returns>What is wrong with the statements of a tag.</returns>
    public static string? Statements(string code) => Parse($"(function(){{{WithoutNames(code)}\n}})", code);

    /// <returns>What is wrong with a regular expression.</returns>
    public static string? Regex(string pattern)
    {
        if (pattern.Length > LongestRegex) return $"An expression has at most {LongestRegex} characters.";
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript);
            return Nested().IsMatch(pattern) || SlowRegex.IsSlow(pattern) ? "This expression may take for ever: a repeated part can be matched in many ways. Write it another way." : null;
        }
        catch (ArgumentException e)
        {
            return "This is no regular expression: " + e.Message;
        }
    }

    public static string? Selector(string selector) =>
        new CssSelectorParser().ParseSelector(selector) is null ? "This is no CSS selector. Enter one like #pricing or .button[data-plan]." : null;

    /// <summary>As it will stand in the script: one expression, out of which nothing may break, in a language that visitors' browsers know.</summary>
    static string? Parse(string wrapped, string code)
    {
        try
        {
            return Parsed(wrapped, EcmaVersion.ES2020).Body.Count == 1 ? null : "The brackets do not match.";
        }
        catch (ParseErrorException e)
        {
            return $"Line {Math.Min(e.LineNumber, code.Split('\n').Length)}: {e.Description}.{(IsNewer(wrapped) ? " This is JavaScript of after 2020, which older browsers do not know: all of the site's script would stop there. Write it the older way." : "")}";
        }
    }

    static bool IsNewer(string wrapped)
    {
        try
        {
            Parsed(wrapped, EcmaVersion.Latest);
            return true;
        }
        catch (ParseErrorException)
        {
            return false; // It is no JavaScript of any year, which is said already.
        }
    }

    static Acornima.Ast.Script Parsed(string wrapped, EcmaVersion version) => new Parser(new ParserOptions { EcmaVersion = version }).ParseScript(wrapped);

    static string WithoutNames(string code) => Placeholders.Replace(code, _ => "$v(0)");

    [GeneratedRegex(@"\([^()]*[+*][^()]*\)[+*{]")]
    private static partial Regex Nested();
}
