using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>From a posted form to what holds until visitors decide. A row without a place is left out.</summary>
static class ConsentForm
{
    const int MostRules = 50;
    static readonly string[] States = [ConsentDefaults.Wait, ConsentDefaults.Granted, ConsentDefaults.Denied];

    /// <returns>What was filled in, and what is wrong with it; null where nothing is.</returns>
    public static (ConsentDefaults Consent, string? Problem) Read(IFormCollection form)
    {
        var rows = Enumerable.Range(0, form["region.places"].Count).Select(i => Row(form, i)).Where(r => r.Places.Count > 0).ToArray();
        var consent = new ConsentDefaults
        {
            Analytics = Known(form["Analytics"]), Ads = Known(form["Ads"]), Personalization = Known(form["Personalization"]), Google = form.ContainsKey("Google"),
            Regions = rows.Length == 0 ? null : [.. rows.Select(r => r with { Places = [.. r.Places.Select(p => ConsentPlaces.Read(p) ?? p)] })],
        };
        return (consent, Problem(rows));
    }

    /// <summary>For the log and the list of changes.</summary>
    public static string Words(ConsentDefaults consent) => string.Join('\n',
        (consent.Regions ?? []).Append(new RegionConsent(["Everywhere else"], consent.Analytics, consent.Ads, consent.Personalization))
        .Select(r => $"{string.Join(", ", r.Places)}: analytics {r.Analytics}, ads {r.Ads}, personalization {r.Personalization}")
        .Append(consent.Google ? "Google's tags are told" : "Google's tags are not told"));

    static RegionConsent Row(IFormCollection form, int at)
    {
        string? Value(string name) => at < form[name].Count ? form[name][at] : null;
        var places = (Value("region.places") ?? "").Split([',', ' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new RegionConsent([.. places.Distinct(StringComparer.OrdinalIgnoreCase)], Known(Value("region.analytics")), Known(Value("region.ads")), Known(Value("region.personalization")));
    }

    static string? Problem(RegionConsent[] rows)
    {
        if (rows.Length > MostRules) return $"There are at most {MostRules} rows.";
        if (rows.SelectMany(r => r.Places).FirstOrDefault(p => ConsentPlaces.Read(p) is null) is { } unknown)
            return $"“{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}” is no place. Enter codes of countries like DE, of states or provinces of the US and Canada like US-CA, or EEA.";
        var twice = rows.SelectMany(r => r.Places).Select(ConsentPlaces.Read).GroupBy(p => p).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : $"{twice.Key} is in two rows. Name each place once.";
    }

    static string Known(string? state) => Array.IndexOf(States, state) >= 0 ? state! : ConsentDefaults.Wait;
}
