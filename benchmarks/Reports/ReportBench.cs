using System.Diagnostics;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Bench.Reports;

/// <summary>Reports over twelve months and more than ten million events, next to hand-written SQL of the same numbers.</summary>
static class ReportBench
{
    const int Rounds = 5;
    const double WithinHand = 1.3;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        var stack = await ReportStack.StartAsync();
        var events = (await stack.Http.RunAsync($"SELECT count() FROM events WHERE site_id = {stack.Site.Id}")).Text.Trim();
        Console.Error.WriteLine($"{events} events, generated and rolled up in {watch.Elapsed.TotalSeconds:0} s");
        return
        [
            await OverviewAsync(stack, "overview-30d", "30d"),
            await OverviewAsync(stack, "overview-12m", "12mo"),
            await SourceAsync(stack, "additive-12m", ["pageviews", "visits", "bounce_rate"], 0.1),
            await SourceAsync(stack, "uniques-12m", ["visitors"], 0.3),
            .. await TopAsync(stack),
            await FilterAsync(stack),
            await SampleBench.RunAsync(stack),
        ];
    }

    static async Task<Figure> OverviewAsync(ReportStack stack, string name, string period)
    {
        var questions = OverviewQuestion.Of(stack, period);
        var (ours, theirs, rowsOurs, rowsTheirs) = (new List<double>(), new List<double>(), 0L, 0L);
        for (var round = 0; round <= Rounds; round++)
        {
            var answers = stack.NewAnswers();
            var (mine, hand) = (0.0, 0.0);
            foreach (var question in questions)
            {
                var watch = Stopwatch.StartNew();
                var (answer, plan, _, _) = await answers.OfAsync(question.Query, default);
                mine += watch.Elapsed.TotalMilliseconds;
                var bare = await stack.Http.RunAsync(question.Sql(stack));
                hand += bare.Milliseconds;
                if (round > 0) continue;
                question.Check(answer, bare);
                rowsOurs += (await stack.Http.RunAsync(plan)).RowsRead;
                rowsTheirs += bare.RowsRead;
            }
            // The first round warms both.
            if (round == 0) continue;
            ours.Add(mine);
            theirs.Add(hand);
        }
        Console.Error.WriteLine($"{name}: {questions.Count} statements, rows read {rowsOurs}, by hand {rowsTheirs}");
        return Figure.Of(name, Median.Of(ours), "ms", Median.Of(theirs), WithinHand) with { AtMost = true };
    }

    /// <summary>The same numbers from rollups and from raw alone.</summary>
    static async Task<Figure> SourceAsync(ReportStack stack, string name, string[] metrics, double goal)
    {
        var query = new ReportQuery(stack.Site, DateRanges.Named("12mo", stack.Site, stack.Now)!.Value) { Metrics = [.. metrics.Select(Metrics.Get)] };
        var rolled = Planner.Plan(query, ReadingChoice.Of(query, stack.Facts, long.MaxValue));
        var raw = Planner.Plan(query);
        return Figure.Of(name, await MedianAsync(() => stack.Store.RowsAsync(rolled, default)), "ms", await MedianAsync(() => stack.Store.RowsAsync(raw, default)), goal) with { AtMost = true };
    }

    static async Task<IEnumerable<Figure>> TopAsync(ReportStack stack)
    {
        var range = DateRanges.Named("12mo", stack.Site, stack.Now)!.Value;
        var (cold, cached) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var answers = stack.NewAnswers();
            foreach (var key in RolledDimensions.All.Select(d => d.Key).Where(k => k != ""))
            {
                var query = OverviewQuestion.Top(stack, range, key);
                var (first, second) = (await TimeAsync(() => answers.OfAsync(query, default)), await TimeAsync(() => answers.OfAsync(query, default)));
                if (round == 0) continue;
                cold.Add(first);
                cached.Add(second);
            }
        }
        return [Figure.Within("topn-12m", Percentile(cold), "ms p95", 300), Figure.Within("topn-cached", Percentile(cached), "ms p95", 10)];
    }

    static async Task<Figure> FilterAsync(ReportStack stack)
    {
        var range = DateRanges.Named("12mo", stack.Site, stack.Now)!.Value;
        var query = new ReportQuery(stack.Site, range)
        {
            Metrics = [Metrics.Get("visitors"), Metrics.Get("pageviews")], Exact = true,
            Filters = [Match.Is("visit:country", "DE"), Match.Is("visit:browser", "Chrome"), Match.Is(Dimensions.Page, "/page/1") with { Kind = MatchKind.Contains }],
        };
        var hand = SqlFile.Read("filter", new Dictionary<string, string>
        {
            ["site"] = $"{stack.Site.Id}", ["from"] = $"{ReportStack.Ms(range.From)}", ["to"] = $"{ReportStack.Ms(range.To)}",
        });
        var question = new OverviewQuestion(query, "filter", []);
        question.Check((await stack.NewAnswers().OfAsync(query, default)).Answer, await stack.Http.RunAsync(hand));
        return Figure.Of("filter-12m", await MedianAsync(() => stack.NewAnswers().OfAsync(query, default)), "ms", await MedianAsync(() => stack.Http.RunAsync(hand)), WithinHand) with { AtMost = true };
    }

    static async Task<double> MedianAsync(Func<Task> run)
    {
        await run();
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++) times.Add(await TimeAsync(run));
        return Median.Of(times);
    }

    static async Task<double> TimeAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return watch.Elapsed.TotalMilliseconds;
    }

    static double Percentile(List<double> values) => values.Order().ElementAt((int)(0.95 * (values.Count - 1)));
}
