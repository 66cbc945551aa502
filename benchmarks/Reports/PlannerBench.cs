using System.Diagnostics;
using System.Text.Json;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Bench.Reports;

/// <summary>From the JSON of a question over twelve months with filters to its plan, with a year of days rolled up.</summary>
static class PlannerBench
{
    const int Rounds = 2000;
    const double Limit = 200;
    const string Question = """
        {"metrics":["visitors","visits","pageviews","views_per_visit","bounce_rate","visit_duration"],"date_range":"12mo","dimensions":["visit:source"],
         "filters":[["not",["contains","visit:source",["oo"]]],["is_not","visit:source",["Bing"]]],"pagination":{"limit":9}}
        """;

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var now = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        var row = new Site { Id = 1, TenantId = Guid.NewGuid(), TrackingId = TrackingId.New(), Domain = "example.com", Name = "Bench", TimeZone = "Europe/Vienna", CreatedAt = now.AddYears(-2) };
        var site = AuthorizedSite.For(new Member { TenantId = row.TenantId, UserId = Guid.NewGuid(), Role = MemberRole.Viewer, CreatedAt = now }, row)!;
        var days = Enumerable.Range(1, 400).Select(n => DateOnly.FromDateTime(now).AddDays(-n)).ToDictionary(d => d, d => new BuiltDay(d, d.DayNumber, 1));
        var facts = new SiteFacts(days, now);
        using var json = JsonDocument.Parse(Question);
        void Plan()
        {
            var query = QueryParser.Parse(json.RootElement, site, now);
            Planner.Plan(query, ReadingChoice.Of(query, facts, long.MaxValue));
        }
        for (var i = 0; i < Rounds; i++) Plan();
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Plan();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        return Task.FromResult<IReadOnlyList<Figure>>([Figure.Within("planner", Median.Of(times), "µs", Limit)]);
    }
}
