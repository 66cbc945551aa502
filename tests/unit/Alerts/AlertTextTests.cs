using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Tests.Alerts;

public sealed class AlertTextTests
{
    [Theory]
    [InlineData("http://evil.example/x", '/')]
    [InlineData("ada@acme.example", '@')]
    [InlineData("www.evil.example", '.')]
    [InlineData("evil.example:8080", ':')]
    [InlineData("evil。example", '。')]
    [InlineData("evil．example", '．')]
    [InlineData("evil｡example", '｡')]
    public void Nothing_a_visitor_wrote_reads_as_an_address(string text, char mark)
    {
        var safe = ForeignText.Of(text);
        for (var i = safe.IndexOf(mark); i >= 0; i = safe.IndexOf(mark, i + 1)) Assert.Equal("\u2060\u2060", $"{safe[i - 1]}{safe[i + 1]}");
        Assert.Equal(text, safe.Replace("\u2060", ""));
    }

    [Fact]
    public void It_is_one_line_without_marks_that_turn_text_around_and_not_long()
    {
        Assert.Equal("a b c", ForeignText.Of("a\r\nb\u202E\u0000 \u2028c"));
        Assert.Equal(80, ForeignText.Of(new string('x', 500)).Length);
        Assert.EndsWith("…", ForeignText.Of(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 200))));
    }

    [Fact]
    public void Every_kind_has_defaults_that_are_valid_and_survive_their_JSON()
    {
        foreach (var kind in AlertKinds.All)
        {
            var settings = kind.Defaults();
            Assert.Empty(kind.Errors(settings));
            Assert.Equal(settings.Values.OrderBy(v => v.Key), AlertSettings.Read(settings.ToJson()).Values.OrderBy(v => v.Key));
            Assert.Equal(kind.Fields.Count, kind.Fields.Select(f => f.Key).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("returning", "away", "-1", "Away for at least")]
    [InlineData("returning", "country", "Germany", "two letters")]
    [InlineData("returning", "page", "pricing", "slash")]
    [InlineData("returning", "hours", "8 to 6", "08:00-18:00")]
    [InlineData("returning", "zone", "Mars", "Europe/Berlin")]
    [InlineData("returning", "away", "397", "from 0 to 396")]
    [InlineData("returning", "who", "user", "Say which user")]
    [InlineData("event", "event", "", "fill this in")]
    [InlineData("threshold", "metric", "event_count", "Name the event")]
    [InlineData("no_data", "minutes", "1", "from 5 to")]
    public void What_is_wrong_is_said_at_its_field(string kind, string key, string value, string error)
    {
        var found = AlertKinds.Find(kind)!;
        var settings = new Dictionary<string, string>(found.Defaults().Values) { [key] = value };
        Assert.Contains(found.Errors(AlertSettings.Of(found, k => settings.GetValueOrDefault(k))), e => e.Error.Contains(error));
    }

    [Theory]
    [InlineData("", "2026-11-27T21:59:00Z", false)] // Friday, 21:59 at the site.
    [InlineData("", "2026-11-27T22:00:00Z", true)]
    [InlineData("", "2026-11-28T05:59:00Z", true)] // Friday's night, although it is Saturday.
    [InlineData("", "2026-11-28T06:00:00Z", false)]
    [InlineData("", "2026-11-28T22:30:00Z", false)]
    [InlineData("", "2026-11-30T03:00:00Z", false)] // Sunday's night.
    [InlineData("America/New_York", "2026-11-27T22:00:00Z", false)]
    [InlineData("America/New_York", "2026-11-28T03:00:00Z", true)]
    public void A_night_belongs_to_the_day_it_begins_on_and_hours_are_in_the_zone_of_the_rule(string zone, string at, bool holds)
    {
        var settings = new AlertSettings(new Dictionary<string, string> { ["hours"] = "22:00-06:00", ["weekdays"] = "true", ["zone"] = zone });
        Assert.Equal(holds, new ActiveHours(settings, "UTC").Holds(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime()));
    }

    [Fact]
    public void Nobody_is_recognised_for_longer_than_13_months()
    {
        var visit = new VisitFacts { Start = DateTime.UnixEpoch.AddDays(1000), PreviousEnd = DateTime.UnixEpoch.AddDays(1000 - VisitFacts.LongestAway), Number = 5 };
        Assert.Equal(TimeSpan.FromDays(396), visit.Away);
        Assert.Null((visit with { Start = visit.Start.AddSeconds(1) }).Away);
        var rules = new SiteAlerts([(Guid.NewGuid(), "returning", new AlertSettings(new Dictionary<string, string> { ["away"] = "396", ["away_unit"] = "days" }))], "UTC");
        Assert.Single(rules.Returns(visit, visit.Start));
        Assert.Empty(rules.Returns(visit with { Start = visit.Start.AddSeconds(1) }, visit.Start));
    }

    [Fact]
    public void An_alert_of_the_same_rule_visit_and_receiver_has_the_same_ids()
    {
        var (rule, target) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(AlertIds.Of(AlertIds.Of(rule, 7ul), target), AlertIds.Of(AlertIds.Of(rule, 7ul), target));
        Assert.NotEqual(AlertIds.Of(rule, 7ul), AlertIds.Of(rule, 8ul));
    }

    [Theory]
    [InlineData("at_least", 100, 100, 0, true)]
    [InlineData("at_least", 99, 100, 0, false)]
    [InlineData("at_most", 5, 5, 0, true)]
    [InlineData("rises", 150, 50, 100, true)]
    [InlineData("rises", 149, 50, 100, false)]
    [InlineData("falls", 50, 50, 100, true)]
    [InlineData("falls", 10, 50, 9, false)]
    [InlineData("falls", 0, 50, 0, false)]
    public void Numbers_are_compared_as_the_form_says(string compare, double value, int wanted, double before, bool holds)
    {
        var settings = new AlertSettings(new Dictionary<string, string> { ["compare"] = compare, ["value"] = $"{wanted}", ["minimum"] = "10" });
        Assert.Equal(holds, MetricTest.Holds("threshold", settings, new MetricReading(value, before, default, default)));
    }
}
