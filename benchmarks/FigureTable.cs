using System.Globalization;
using System.Text.Json;

namespace SaaS.Analytics.Bench;

static class FigureTable
{
    static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static void Print(IEnumerable<Figure> figures)
    {
        Console.WriteLine(Line("figure", "value", "unit", "baseline", "ratio", "goal"));
        foreach (var f in figures)
            Console.WriteLine(Line(f.Name, Number(f.Value, Format(f.Value)), f.Unit, Number(f.Baseline, Format(f.Baseline)), Number(f.Ratio, "0.00"), Goal(f)));
    }

    public static Task WriteAsync(IEnumerable<Figure> figures, string file) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { figures }, Shape));

    static string Goal(Figure f) => f.Goal is { } goal ? Number(goal, f.AtMost ? "≤ 0.00" : "≥ 0.00") : "";

    static string Format(double value) => value < 100 ? "0.0" : "N0";

    static string Line(string name, string value, string unit, string baseline, string ratio, string goal) =>
        $"{name,-22} {value,12} {unit,-13} {baseline,12} {ratio,8} {goal,8}";

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
