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
            Console.WriteLine(Line(f.Name, Number(f.Value, "N0"), f.Unit, Number(f.Baseline, "N0"), Number(f.Ratio, "0.00"), f.Goal is { } goal ? Number(goal, "≥ 0.00") : ""));
    }

    public static Task WriteAsync(IEnumerable<Figure> figures, string file) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { figures }, Shape));

    static string Line(string name, string value, string unit, string baseline, string ratio, string goal) =>
        $"{name,-20} {value,12} {unit,-10} {baseline,12} {ratio,8} {goal,8}";

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
