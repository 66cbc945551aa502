using System.Globalization;
using SaaS.Analytics.Alerts;
using Xunit.Abstractions;

namespace SaaS.Analytics.Tests.Alerts;

/// <summary>
/// How well unusual hours are found: eight weeks of hours with seasons of day and week, chance, a trend and holidays in the first
/// six weeks; in each of the last two weeks one change by at least 40 % that lasts 1 to 12 hours.
/// </summary>
public sealed class AnomalyTests(ITestOutputHelper output)
{
    const int Week = 7 * 24;
    const int Series = 240;
    const int FirstJudged = 6 * Week + AnomalyTest.Hours;
    static readonly (string Name, double From, double To)[] Bands = [("20–100/h", 20, 100), ("100–500/h", 100, 500), ("500–2,000/h", 500, 2000)];

    [Fact]
    public void Injected_changes_are_found_and_hardly_anything_else()
    {
        var seed = Environment.GetEnvironmentVariable("ANOMALY_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"ANOMALY_SEED={seed}, {Series} series");
        var dice = new Random(seed);
        var scores = Bands.ToDictionary(b => b.Name, _ => new Score());
        for (var i = 0; i < Series; i++)
        {
            var made = Made.Of(dice);
            scores[Bands.First(b => made.Base <= b.To).Name].Add(made);
        }
        foreach (var (name, score) in scores) output.WriteLine($"{name,-12} {score}");
        var all = new Score(scores.Values);
        output.WriteLine($"{"all",-12} {all}");
        Assert.True(all.Precision >= 0.9 && all.Recall >= 0.9, $"seed {seed}: {all}");
    }

    [Fact]
    public void A_steady_series_differs_only_where_it_changes()
    {
        HoursOfWeek Week(double hour, double others) => i => i == 0 ? hour : others;
        var before = Enumerable.Range(0, 6).Select(k => Week(100 + k % 3, 100 + k % 3)).ToList();
        Assert.False(AnomalyTest.Judge(Week(110, 101), before, 4, 10).Differs);
        var finding = AnomalyTest.Judge(Week(30, 101), before, 4, 10);
        Assert.Equal((true, 1, 30d, 101d), (finding.Differs, finding.Hours, finding.Value, finding.Expected));
        Assert.False(AnomalyTest.Judge(Week(30, 101), before, 4, minimum: 1000).Differs);
        Assert.False(AnomalyTest.Judge(Week(101, 10), before, 4, 10).Differs);
    }

    sealed record Made(double Base, double[] Counts, IReadOnlyList<(int From, int To)> Changes)
    {
        public static Made Of(Random dice)
        {
            double Between(double from, double to) => from + dice.NextDouble() * (to - from);
            var (level, ofDay, ofWeek, trend, day, week) = (Between(20, 2000), Between(0.3, 0.8), Between(0.3, 0.8), Between(-0.05, 0.05), Between(0, 24), Between(0, Week));
            var rates = Enumerable.Range(0, 8 * Week).Select(h => level * (1 + ofDay * Math.Sin(2 * Math.PI * (h - day) / 24))
                * (1 + ofWeek * Math.Sin(2 * Math.PI * (h - week) / Week)) * (1 + trend * h / (8 * Week))).ToArray();
            for (var holidays = dice.Next(1, 4); holidays > 0; holidays--)
            {
                var (of, share) = (dice.Next(6 * 7) * 24, Between(0.3, 0.7));
                for (var h = of; h < of + 24; h++) rates[h] *= share;
            }
            var changes = new List<(int From, int To)>();
            foreach (var start in (int[])[6 * Week + dice.Next(AnomalyTest.Hours, Week - 30), 7 * Week + dice.Next(AnomalyTest.Hours, Week - 30)])
            {
                var (end, factor) = (start + dice.Next(1, 13), dice.Next(2) == 0 ? 1 + Between(0.4, 1) : 1 - Between(0.4, 0.9));
                for (var h = start; h < end; h++) rates[h] *= factor;
                changes.Add((start, end));
            }
            return new Made(level, [.. rates.Select(rate => Poisson(dice, rate))], changes);
        }

        /// <summary>Above 100 the normal distribution, which then is the same to the eye.</summary>
        static double Poisson(Random dice, double rate)
        {
            if (rate > 100)
                return Math.Max(0, Math.Round(rate + Math.Sqrt(rate) * Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble())));
            var (count, end) = (0, Math.Exp(-rate));
            for (var product = dice.NextDouble(); product > end; product *= dice.NextDouble()) count++;
            return count;
        }

        /// <summary>Times that differ, as the first and the last hour; an hour between two of them does not part them.</summary>
        public List<(int From, int To)> Found()
        {
            var found = new List<(int From, int To)>();
            for (var hour = FirstJudged; hour < Counts.Length; hour++)
            {
                if (!Differs(hour)) continue;
                if (found is [.., var last] && hour - last.To <= 2) found[^1] = (last.From, hour);
                else found.Add((hour, hour));
            }
            return found;
        }

        bool Differs(int hour)
        {
            HoursOfWeek Back(int weeks) => i => Counts[hour - weeks * Week - i];
            var before = Enumerable.Range(1, AnomalyTest.MostWeeks).Where(w => hour - w * Week - AnomalyTest.Hours >= 0).Select(Back).ToList();
            return AnomalyTest.Judge(Back(0), before, strictness: 4, minimum: 10).Differs;
        }
    }

    sealed class Score
    {
        int right, wrong, seen, missed;

        public Score()
        {
        }

        public Score(IEnumerable<Score> parts)
        {
            foreach (var p in parts) (right, wrong, seen, missed) = (right + p.right, wrong + p.wrong, seen + p.seen, missed + p.missed);
        }

        public double Precision => right / (double)Math.Max(1, right + wrong);

        public double Recall => seen / (double)Math.Max(1, seen + missed);

        public void Add(Made made)
        {
            var found = made.Found();
            bool Meet((int From, int To) f, (int From, int To) change) => f.From <= change.To && f.To >= change.From;
            foreach (var f in found)
                if (made.Changes.Any(c => Meet(f, c))) right++;
                else wrong++;
            foreach (var c in made.Changes)
                if (found.Any(f => Meet(f, c))) seen++;
                else missed++;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"precision {Precision:0.000} ({right} right, {wrong} wrong), recall {Recall:0.000} ({seen} found, {missed} missed)");
    }
}
