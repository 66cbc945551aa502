using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Tests.Alerts;

/// <summary>The index of a site's rules fires exactly what asking every rule by itself, in the plainest way, would.</summary>
public sealed class RulePropertyTests
{
    static readonly DateTime Monday = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
    static readonly string[] Texts = ["", "", "spring", "Spring", "spring-2", "google", "*ring*", "sp**"];
    static readonly string[] Pages = ["", "", "/", "/pricing", "/docs/a", "/docs/*", "/docs/**", "/**"];
    static readonly string[] Users = ["", "ada@acme.example", "bob@acme.example", "eve@other.example"];
    static readonly string[] Wanted = ["ada@acme.example", "ADA@acme.example", "*@acme.example", "acme", "nobody"];
    static readonly string[] Zones = ["UTC", "Europe/Berlin", "Asia/Kathmandu"];

    static readonly Gen<Dictionary<string, string>> Settings = Gen.Int[0, int.MaxValue].Select(seed =>
    {
        var dice = new Random(seed);
        string Pick(string[] of) => of[dice.Next(of.Length)];
        var settings = new Dictionary<string, string>
        {
            ["who"] = Pick(["anyone", "identified", "user", "trait"]), ["who_value"] = Pick(Wanted), ["trait"] = "company",
            ["verified"] = Pick(["", "", "true"]), ["away"] = Pick(["0", "0.5", "1", "7"]), ["away_unit"] = Pick(["days", "hours"]), ["visits"] = Pick(["2", "3", "5"]),
            ["page"] = Pick(Pages), ["campaign"] = Pick(Texts), ["source"] = Pick(Texts), ["country"] = Pick(["", "", "DE", "AT, de"]),
            ["event"] = Pick(["purchase", "signup", "pageview"]), ["property"] = Pick(["", "", "plan"]), ["property_value"] = Pick(["", "pro", "p*"]),
            ["hours"] = Pick(["", "", "08:00-18:00", "22:00-06:00"]), ["weekdays"] = Pick(["", "", "true"]),
        };
        return settings.Where(s => s.Value.Length > 0).ToDictionary();
    });

    static readonly Gen<(VisitFacts Visit, EventFacts Event, DateTime At)> Moments = Gen.Int[0, int.MaxValue].Select(seed =>
    {
        var dice = new Random(seed);
        string Pick(string[] of) => of[dice.Next(of.Length)];
        var at = Monday.AddMinutes(dice.Next(7 * 24 * 60));
        var visit = new VisitFacts
        {
            VisitId = (ulong)seed, Start = at, Number = (uint)dice.Next(1, 7), PreviousEnd = dice.Next(5) == 0 ? null : at.AddHours(-dice.Next(0, 400)),
            UserId = Pick(Users), Verified = dice.Next(2) == 0, Traits = dice.Next(2) == 0 ? [] : [new("Company", Pick(["acme", "Acme", "other"]))],
            Page = Pick(["", "/", "/pricing", "/docs/a", "/docs/a/b"]), Campaign = Pick(["", "spring", "SPRING", "spring-2"]),
            Source = Pick(["", "google", "Google", "spring"]), Country = Pick(["", "DE", "AT", "FR"]),
        };
        var e = new EventFacts(Pick(["purchase", "signup", "pageview", "other"]), Pick(["", "/", "/pricing", "/docs/a/b"]),
            dice.Next(2) == 0 ? [] : [new("plan", Pick(["pro", "free", ""]))]);
        return (visit, e, at);
    });

    [Fact]
    public void Random_rules_fire_for_random_visits_as_a_naive_evaluator_says() => Gen.Select(Settings.List[0, 40], Moments.List[1, 30], Gen.Int[0, 2]).Sample(
        (settings, moments, zone) =>
        {
            var rules = settings.Select((s, i) => (Id: Guid.NewGuid(), Kind: i % 2 == 0 ? "returning" : "event", Settings: s)).ToList();
            var site = new SiteAlerts([.. rules.Select(r => (r.Id, r.Kind, new AlertSettings(r.Settings)))], Zones[zone]);
            foreach (var (visit, e, at) in moments)
            {
                bool Holds((Guid Id, string Kind, Dictionary<string, string> S) r) => Naive.Fires(r.Kind, r.S, visit, e, at, Zones[zone]);
                var back = site.Returns(visit, at).ToList();
                Assert.Equal(rules.Where(r => r.Kind == "returning" && Holds(r)).Select(r => r.Id).Order(), back.Order());
                var happened = site.Happens(visit, e, at).ToList();
                Assert.Equal(rules.Where(r => r.Kind == "event" && Holds(r)).Select(r => r.Id).Order(), happened.Order());
                Assert.True(happened.Count == 0 || site.AsksFor(e.Name));
                Assert.True(back.Count == 0 || site.AsksForReturns);
            }
        }, iter: 3000);

    /// <summary>Written from the words of the form, without a look at the product's evaluator.</summary>
    static class Naive
    {
        public static bool Fires(string kind, Dictionary<string, string> s, VisitFacts visit, EventFacts e, DateTime at, string zone)
        {
            string Of(string key) => s.GetValueOrDefault(key, "");
            var country = Of("country").Split(',').Select(c => c.Trim().ToUpperInvariant()).Where(c => c.Length > 0).ToList();
            var common = Like(Of("campaign"), visit.Campaign) && Like(Of("source"), visit.Source)
                && (country.Count == 0 || country.Contains(visit.Country)) && InHours(Of("hours"), Of("weekdays"), at, zone);
            if (kind == "event")
                return common && e.Name == Of("event") && Like(Of("page"), e.Page)
                    && (Of("property").Length == 0 || e.Props.Any(p => p.Key == Of("property") && Like(Of("property_value"), p.Value)));
            if (visit.PreviousEnd is not { } end || end >= visit.Start) return false;
            var away = double.Parse(Of("away"), CultureInfo.InvariantCulture);
            var gone = Of("away_unit") == "days" ? (visit.Start - end).TotalDays : (visit.Start - end).TotalHours;
            return common && gone >= away && visit.Number >= int.Parse(Of("visits"), CultureInfo.InvariantCulture) && Like(Of("page"), visit.Page)
                && (Of("verified").Length == 0 || visit.Verified) && Of("who") switch
                {
                    "anyone" => true,
                    "identified" => visit.UserId.Length > 0,
                    "user" => visit.UserId.Length > 0 && Like(Of("who_value"), visit.UserId),
                    _ => visit.Traits.Any(t => t.Key.Equals("company", StringComparison.OrdinalIgnoreCase) && t.Value.Length > 0 && Like(Of("who_value"), t.Value)),
                };
        }

        static bool Like(string wanted, string text)
        {
            if (wanted.Length == 0) return true;
            if (text.Length == 0) return false;
            var expression = Regex.Escape(wanted).Replace(@"\*\*", "\u0001").Replace(@"\*", "[^/]*").Replace("\u0001", ".*");
            return Regex.IsMatch(text, $"^(?:{expression})$", RegexOptions.IgnoreCase);
        }

        static bool InHours(string hours, string weekdays, DateTime utc, string zone)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById(zone));
            // At six in the morning a night has ended that began the day before.
            var day = (hours == "22:00-06:00" ? local.AddHours(-6) : local).DayOfWeek;
            if (weekdays == "true" && day is DayOfWeek.Saturday or DayOfWeek.Sunday && weekdays == "true") return false;
            if (hours.Length == 0) return true;
            var minute = local.Hour * 60 + local.Minute;
            return hours == "08:00-18:00" ? minute is >= 480 and < 1080 : minute is >= 1320 or < 360;
        }
    }
}
