using SaaS.Analytics.Bench;

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine($"Usage: ./bench [{string.Join('|', Suites.Names)}] [--json FILE]");
    return 2;
}
var figures = new List<Figure>();
foreach (var run in options.Suites.SelectMany(Suites.Of)) figures.AddRange(await run());
FigureTable.Print(figures);
if (options.Json is not null) await FigureTable.WriteAsync(figures, options.Json);
return 0;
