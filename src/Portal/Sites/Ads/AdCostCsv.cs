using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace SaaS.Analytics.Portal.Sites.Ads;

/// <summary>A row of an advertiser's report.</summary>
public sealed record AdCostLine(DateOnly Day, string Source, string Medium, string Campaign, string Content, decimal Cost, string Currency, long? Clicks, long? Impressions);

/// <summary>Reads costs as CSV with a line of names on top.</summary>
public static class AdCostCsv
{
    public const int MostLines = 50_000;
    const int MostErrors = 5;
    const int LongestText = 200;
    const decimal MostCost = 1_000_000_000;

    /// <summary>What advertisers call the columns.</summary>
    static readonly Dictionary<string, string[]> Names = new()
    {
        ["date"] = ["date", "day"],
        ["source"] = ["source", "utm_source"],
        ["medium"] = ["medium", "utm_medium"],
        ["campaign"] = ["campaign", "utm_campaign", "campaign name"],
        ["content"] = ["content", "utm_content", "ad"],
        ["cost"] = ["cost", "spend", "amount", "amount spent"],
        ["currency"] = ["currency", "currency code"],
        ["clicks"] = ["clicks"],
        ["impressions"] = ["impressions", "impr."],
    };

    /// <returns>The rows; or what is wrong, each with its line and the fix.</returns>
    public static (IReadOnlyList<AdCostLine> Lines, IReadOnlyList<string> Errors) Parse(TextReader text, string currency)
    {
        using var parser = new TextFieldParser(text) { TextFieldType = FieldType.Delimited, Delimiters = [",", ";", "\t"], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        var (lines, errors) = (new List<AdCostLine>(), new List<string>());
        try
        {
            if (parser.ReadFields() is not { } header) return ([], ["The file is empty."]);
            var places = Places(header);
            if (Missing(places) is { } missing) return ([], [missing]);
            while (!parser.EndOfData && errors.Count < MostErrors)
            {
                var number = parser.LineNumber;
                var (line, error) = Line(parser.ReadFields()!, places, currency);
                if (line is not null) lines.Add(line);
                else errors.Add($"Line {number}: {error}");
                if (lines.Count > MostLines) return ([], [$"A file has at most {MostLines} lines. Split it by month."]);
            }
        }
        catch (MalformedLineException e)
        {
            errors.Add($"Line {e.LineNumber}: a quotation mark is open or in the wrong place.");
        }
        if (lines.Count == 0 && errors.Count == 0) errors.Add("There is no line below the names.");
        return (lines, errors);
    }

    static Dictionary<string, int> Places(string[] header) => Names
        .Select(n => (n.Key, At: Array.FindIndex(header, h => n.Value.Contains(h.Trim('\uFEFF', ' ').ToLowerInvariant()))))
        .Where(n => n.At >= 0).ToDictionary(n => n.Key, n => n.At);

    static string? Missing(Dictionary<string, int> places) =>
        ((string[])["date", "campaign", "cost"]).Where(n => !places.ContainsKey(n)).ToList() is [var first, ..]
            ? $"The first line must name the columns date, campaign and cost (and may name source, medium, content, currency, clicks, impressions). There is no column “{first}”."
            : null;

    static (AdCostLine? Line, string Error) Line(string[] fields, Dictionary<string, int> places, string currency)
    {
        string Text(string name) => places.TryGetValue(name, out var at) && at < fields.Length ? fields[at].Trim() : "";
        if (!DateOnly.TryParseExact(Text("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (null, $"“{Text("date")}” is no date like 2026-11-30.");
        if (!decimal.TryParse(Text("cost"), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var cost) || cost > MostCost)
            return (null, $"“{Text("cost")}” is no amount like 12.50.");
        var code = Text("currency") is { Length: > 0 } named ? named.ToUpperInvariant() : currency;
        if (code.Length != 3 || !code.All(char.IsAsciiLetterUpper)) return (null, $"“{code}” is no currency like EUR.");
        if (Count(Text("clicks")) is (false, _) || Count(Text("impressions")) is (false, _)) return (null, "Clicks and impressions are whole numbers or empty.");
        return (new(day, Cut(Text("source")), Cut(Text("medium")), Cut(Text("campaign")), Cut(Text("content")), cost, code, Count(Text("clicks")).Number, Count(Text("impressions")).Number), "");
    }

    static (bool Right, long? Number) Count(string text) => text.Length == 0 ? (true, null)
        : long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? (true, number) : (false, null);

    static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
