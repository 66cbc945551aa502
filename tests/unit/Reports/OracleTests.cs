using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>Every metric by every dimension and under filters, against a naive recount of the same random rows.</summary>
public sealed class OracleTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly Dictionary<string, Func<EventRow, VisitRow, string>> Values = new()
    {
        ["event:page"] = (e, _) => e.Path,
        ["event:hostname"] = (e, _) => e.Hostname,
        ["event:name"] = (e, _) => e.Name,
        ["event:props:plan"] = (e, _) => e.Props[0].Value,
        ["visit:source"] = (_, v) => v.Source,
        ["visit:channel"] = (_, v) => v.Channel,
        ["visit:utm_campaign"] = (_, v) => v.UtmCampaign,
        ["visit:entry_page"] = (_, v) => v.EntryPath,
        ["visit:exit_page"] = (_, v) => v.ExitPath,
        ["visit:country"] = (_, v) => v.Country,
        ["visit:browser"] = (_, v) => v.Browser,
        ["visit:device"] = (_, v) => v.DeviceType,
        ["visitor:type"] = (_, v) => v.VisitNumber > 1 ? "returning" : "new",
    };

    public static TheoryData<string> DimensionKeys => [.. Values.Keys];

    public static TheoryData<string, string> Filters => new()
    {
        { "", """["is", "event:page", ["/docs"]]""" },
        { "", """["is_not", "event:page", ["/docs", "/"]]""" },
        { "", """["contains", "event:page", ["docs", "it's \"odd\"\\"]]""" },
        { "", """["matches", "event:page", ["^/docs(/.*)?$"]]""" },
        { "", """["is", "event:name", ["Signup"]]""" },
        { "", """["is", "event:props:plan", ["pro"]]""" },
        { "", """["is", "visit:source", ["Google", "O'Reilly"]]""" },
        { "", """["is", "visit:source", ["Direct / None"]]""" },
        { "", """["not", ["contains", "visit:source", ["oo"]]]""" },
        { "", """["or", [["is", "visit:country", ["DE"]], ["is", "event:page", ["/pricing"]]]]""" },
        { "visit:source", """["is", "event:page", ["/docs"]]""" },
        { "event:page", """["is", "visit:country", ["DE"]]""" },
        { "visit:device", """["and", [["is_not", "visit:country", ["DE"]], ["contains", "event:page", ["BLOG"], {"case_sensitive": false}]]]""" },
    };

    [Theory]
    [MemberData(nameof(DimensionKeys))]
    public async Task Every_metric_by(string dimension)
    {
        var (site, traffic, range) = await FillAsync(seed: 7);
        var query = new ReportQuery(site, range) { Metrics = Allowed(dimension), Dimensions = [Dimensions.Find(dimension)!] };
        await CheckAsync(query, traffic, (_, _) => true);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Every_metric_under(string dimension, string filter)
    {
        var (site, traffic, range) = await FillAsync(seed: 8);
        var parsed = site.Query($$"""{"metrics":["visitors"],"date_range":"day","filters":[{{filter}}]}""", ReportWorld.Now).Filters;
        var query = new ReportQuery(site, range)
        {
            Metrics = Allowed(dimension), Filters = parsed, Dimensions = dimension == "" ? [] : [Dimensions.Find(dimension)!],
        };
        await CheckAsync(query, traffic, (e, v) => Passes(parsed[0], e, v));
    }

    [Theory]
    [InlineData("Europe/Berlin", "time:day")]
    [InlineData("Europe/Berlin", "time:hour")]
    [InlineData("Asia/Kathmandu", "time:hour")]
    [InlineData("America/St_Johns", "time:day")]
    [InlineData("Asia/Kathmandu", "time:week")]
    [InlineData("Pacific/Auckland", "time:month")]
    public async Task Every_metric_over_time(string zone, string dimension)
    {
        var (site, traffic, _) = await FillAsync(seed: 9, zone);
        var calendar = new Calendar(zone);
        var range = calendar.Days(new DateOnly(2026, 10, 23), new DateOnly(2026, 10, 27));
        var query = new ReportQuery(site, range) { Metrics = Metrics.All, Dimensions = [Dimensions.Get(dimension)] };
        var result = await world.Reporter.RunAsync(query, default);
        var starts = result.Rows.Select(r => r.At!.Value).ToList();
        Assert.Equal(starts.Order(), starts);
        for (var i = 0; i < starts.Count; i++)
        {
            var from = starts[i] < range.From ? range.From : starts[i];
            var bucket = new TimeRange(from, i + 1 < starts.Count ? starts[i + 1] : range.To);
            var whole = new Recount(traffic.Events, traffic.Visits, range).Of("visitors");
            Same(query, result.Rows[i], new Recount(traffic.Events, traffic.Visits, bucket) { VisitorsOfAll = whole, Calendar = calendar }, $"{result.Rows[i].Dimensions[0]}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("visit:source")]
    [InlineData("visit:country")]
    [InlineData("event:page")]
    public async Task Conversions_by(string dimension)
    {
        var (site, traffic, range) = await FillAsync(seed: 11);
        var goal = new AnyOf([Match.Is("event:name", "Signup")]) { IsGoal = true };
        var other = Match.Is("visit:browser", "Chrome") with { Negated = true };
        var query = new ReportQuery(site, range)
        {
            Metrics = [.. new[] { "visitors", "conversions", "conversion_rate", "group_conversion_rate", "events", "total_revenue" }.Select(Metrics.Get)],
            Filters = [other, goal], Dimensions = dimension == "" ? [] : [Dimensions.Find(dimension)!],
        };
        await CheckAsync(query, traffic, (e, v) => Passes(other, e, v) && Passes(goal, e, v), (e, v) => Passes(other, e, v));
    }

    async Task<(Tenancy.AuthorizedSite Site, RandomTraffic Traffic, TimeRange Range)> FillAsync(int seed, string zone = "Europe/Berlin")
    {
        var site = SampleSite.New(ReportWorld.NewSiteId(), zone);
        var traffic = new RandomTraffic(seed, site.Id, Day(22), Day(29), visits: 400);
        await TestRows.InsertAsync(world.Connection, traffic.Events, traffic.Visits);
        return (site, traffic, new TimeRange(Day(24).AddHours(3), Day(27).AddHours(5)));
    }

    static DateTime Day(int day) => new(2026, 10, day, 0, 0, 0, DateTimeKind.Utc);

    async Task CheckAsync(ReportQuery query, RandomTraffic traffic, Func<EventRow, VisitRow, bool> where, Func<EventRow, VisitRow, bool>? beforeGoals = null)
    {
        var result = await world.Reporter.RunAsync(query, default);
        var dimension = query.Dimensions.Count > 0 ? query.Dimensions[0] : null;
        var value = dimension is null ? (_, _) => "" : Values[dimension.Key];
        var expected = Groups(traffic, query.Range, where, value);
        if (dimension is not null)
            Assert.Equal(expected.Select(g => g == "" ? dimension.Empty : g).Order(), result.Rows.Select(r => r.Dimensions[0]).Order());
        var visitors = new Recount(traffic.Events, traffic.Visits, query.Range) { Where = where }.Of("visitors");
        var before = new Recount(traffic.Events, traffic.Visits, query.Range) { Where = beforeGoals ?? where }.Of("visitors");
        var aboutPage = query.Filters.Any(f => f.Dimensions.Any(d => d.Key == "event:page"));
        foreach (var group in expected)
        {
            var row = dimension is null ? result.Rows[0] : result.Rows.Single(r => r.Dimensions[0] == (group == "" ? dimension.Empty : group));
            Same(query, row, new Recount(traffic.Events, traffic.Visits, query.Range)
            {
                Where = (e, v) => where(e, v) && value(e, v) == group,
                AboutEvents = query.AboutEvents, AboutPage = aboutPage || dimension?.Key == "event:page",
                EndedThere = dimension?.Key == "event:page" && !query.Filters.Any(f => f.AboutEvents) ? v => v.ExitPath == group && where(Any, v) : null,
                BeforeGoals = (e, v) => (beforeGoals ?? where)(e, v) && value(e, v) == group, VisitorsBeforeGoals = before,
                VisitorsOfAll = visitors, Calendar = query.Calendar,
            }, group);
        }
    }

    static List<string> Groups(RandomTraffic traffic, TimeRange range, Func<EventRow, VisitRow, bool> where, Func<EventRow, VisitRow, string> value)
    {
        var visits = traffic.Visits.ToDictionary(v => v.VisitId);
        return [.. traffic.Events.Where(e => e.BotScore < 50 && e.Timestamp >= range.From && e.Timestamp < range.To && where(e, visits[e.VisitId]))
            .Select(e => value(e, visits[e.VisitId])).Distinct()];
    }

    static void Same(ReportQuery query, ReportRow row, Recount recount, string what)
    {
        for (var i = 0; i < query.Metrics.Count; i++)
        {
            var (key, expected, found) = (query.Metrics[i].Key, recount.Of(query.Metrics[i].Key), row.Metrics[i]);
            Assert.True(expected is null ? found is null : found is { } f && Math.Abs(f - expected.Value) < 1e-6,
                $"{key} of '{what}': expected {expected}, found {found}");
        }
    }

    static List<Metric> Allowed(string dimension) => dimension switch
    {
        "event:page" => Without(OfWholeVisits),
        "event:hostname" or "event:name" or "event:props:plan" => Without([.. OfWholeVisits, "bounce_rate", "exit_rate"]),
        _ => [.. Metrics.All],
    };

    static readonly string[] OfWholeVisits = ["visit_duration", "new_visitors", "returning_visitors", "engaged_visits", "engagement_rate"];

    /// <summary>Stands for the event where only the visit is looked at.</summary>
    static readonly EventRow Any = new()
    {
        SiteId = 0, EventId = default, Timestamp = default, ClientTimestamp = default, ReceivedAt = default, ChunkId = default, ChunkIndex = 0, Name = "",
    };

    static List<Metric> Without(params string[] keys) => [.. Metrics.All.Where(m => !keys.Contains(m.Key))];

    static bool Passes(Filter filter, EventRow e, VisitRow v) => filter switch
    {
        AllOf all => all.Filters.All(f => Passes(f, e, v)),
        AnyOf any => any.Filters.Any(f => Passes(f, e, v)),
        Not not => !Passes(not.Filter, e, v),
        Match match => match.Negated != match.Values.Any(x => One(match, Values[match.Dimension.Key](e, v), x)),
        _ => throw new ArgumentException(filter.ToString()),
    };

    static bool One(Match match, string value, string wanted) => match.Kind switch
    {
        MatchKind.Is => value == (wanted == match.Dimension.Empty ? "" : wanted),
        MatchKind.Contains => value.Contains(wanted, match.CaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase),
        _ => System.Text.RegularExpressions.Regex.IsMatch(value, wanted),
    };
}
