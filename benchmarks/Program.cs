using SaaS.Analytics.Bench;

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine($"Usage: ./bench [{string.Join('|', Suites.All.Keys)}] [--json FILE]");
    return 2;
}
var figures = new List<Figure>();
foreach (var suite in options.Suites) figures.AddRange(await Suites.All[suite]());
FigureTable.Print(figures);
if (options.Json is not null) await FigureTable.WriteAsync(figures, options.Json);
return 0;
