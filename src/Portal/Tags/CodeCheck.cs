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
            return Nested().IsMatch(pattern) ? "This expression may take for ever: a repeated part holds a repetition. Write it another way." : null;
        }
        catch (ArgumentException e)
        {
            return "This is no regular expression: " + e.Message;
        }
    }

    public static string? Selector(string selector) =>
        new CssSelectorParser().ParseSelector(selector) is null ? "This is no CSS selector. Enter one like #pricing or .button[data-plan]." : null;

    /// <summary>As it will stand in the script: one expression, out of which nothing may break.</summary>
    static string? Parse(string wrapped, string code)
    {
        try
        {
            var script = new Parser(new ParserOptions { EcmaVersion = EcmaVersion.Latest }).ParseScript(wrapped);
            return script.Body.Count == 1 ? null : "The brackets do not match.";
        }
        catch (ParseErrorException e)
        {
            return $"Line {Math.Min(e.LineNumber, code.Split('\n').Length)}: {e.Description}.";
        }
    }

    static string WithoutNames(string code) => Placeholders.Replace(code, _ => "$v(0)");

    [GeneratedRegex(@"\([^()]*[+*][^()]*\)[+*{]")]
    private static partial Regex Nested();
}
