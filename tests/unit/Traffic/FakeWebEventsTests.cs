using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;
using SaaS.Analytics.Traffic.Visits;
using YamlDotNet.Serialization;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>The profile of a public generator runs here too, and gives its shares.</summary>
public sealed class FakeWebEventsTests
{
    const string Config = "fake-web-events/config.template.yml";

    [CorporaFact(Config)]
    public void Over_100000_events_the_shares_are_those_of_the_table()
    {
        var text = File.ReadAllText(CorporaFactAttribute.PathOf(Config));
        var truth = new Truth();
        var to = HistoryPlans.To.Date;
        var plan = new HistoryPlan(HistoryPlans.SiteId, FakeWebEventsProfile.Read(new StringReader(text)), TimeZoneInfo.Utc, to.AddDays(-30), to, 100_000);
        Assert.True(new EventHistory(plan, truth).Events().Count(e => e.Name == EventNames.PageView) > 40_000);

        var table = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, object>>>(text);
        Assert.Equal(9, table.Count);
        foreach (var (page, next) in table["pages"])
            ChiSquare.Fits($"pages after {page}", Steps(truth).Where(s => s.From == page).Select(s => s.To), Weights((Dictionary<object, object>)next));
        Fits("landing_pages", v => Pages(v)[0]);
        Fits("visits_per_hour", v => $"{v.Start.Hour}");
        Fits("operating_systems", v => v.Person.Device.Os);
        Fits("browsers", v => v.Person.Device.Browser);
        Fits("utm_sources", v => Parameter(v, "utm_source"));
        Fits("utm_mediums", v => Parameter(v, "utm_medium"));
        Fits("campaigns", v => Parameter(v, "utm_campaign"));
        Fits("ads", v => Parameter(v, "utm_content"));

        void Fits(string name, Func<Visit, string> share) =>
            ChiSquare.Fits(name, truth.Visits.Select(share), table[name].Select(w => new KeyValuePair<string, double>(w.Key, Number(w.Value))));
    }

    static List<string> Pages(Visit visit) =>
        [.. visit.Events.Where(e => e.Name == EventNames.PageView).Select(e => new Uri(e.Url).AbsolutePath[1..])];

    static IEnumerable<(string From, string To)> Steps(Truth truth) => truth.Visits.Where(v => v.End < HistoryPlans.To.Date.AddHours(-4))
        .Select(Pages).SelectMany(p => p.Zip(p.Skip(1).Append(PageKind.End)));

    static string Parameter(Visit visit, string name) =>
        System.Web.HttpUtility.ParseQueryString(new Uri(visit.Events[0].Url).Query)[name] ?? "";

    static IEnumerable<KeyValuePair<string, double>> Weights(Dictionary<object, object> weights) =>
        weights.Select(w => new KeyValuePair<string, double>((string)w.Key, Number(w.Value)));

    static double Number(object text) => double.Parse((string)text, System.Globalization.CultureInfo.InvariantCulture);
}
