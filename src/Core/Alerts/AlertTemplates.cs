namespace SaaS.Analytics.Alerts;

/// <summary>A rule as it is offered: what most people want, ready to be changed.</summary>
/// <param name="Key">In addresses.</param>
/// <param name="Name">Name of the new rule.</param>
/// <param name="About">When it tells.</param>
/// <param name="Kind">Key of its kind.</param>
/// <param name="Settings">What differs from the kind's defaults.</param>
public sealed record AlertTemplate(string Key, string Name, string About, string Kind, IReadOnlyDictionary<string, string> Settings)
{
    public static readonly IReadOnlyList<AlertTemplate> All =
    [
        Of("visitor-returns", "A visitor is back", "Somebody known returns after at least a day.", AlertKinds.Returning),
        Of("again-today", "Back again today", "Somebody is back an hour later or more; works without consent too.", AlertKinds.Returning, ("away", "1"), ("away_unit", "hours")),
        Of("customer-returns", "A customer is back", "Somebody you have identified returns after at least a week.", AlertKinds.Returning, ("who", "identified"), ("away", "7")),
        Of("company-returns", "A company is back", "Somebody with the trait company returns.", AlertKinds.Returning, ("who", "trait"), ("trait", "company"), ("who_value", "*")),
        Of("pricing-return", "Back on the pricing page", "Somebody known returns and enters on /pricing.", AlertKinds.Returning, ("page", "/pricing")),
        Of("campaign-return", "A campaign brings somebody back", "Somebody known returns through any campaign.", AlertKinds.Returning, ("campaign", "*")),
        Of("purchase", "A purchase", "The event purchase happens.", AlertKinds.Event),
        Of("signup", "A sign-up", "The event signup happens.", AlertKinds.Event, ("event", "signup")),
        Of("busy", "Many visitors at once", "At least 100 visitors in 10 minutes.", AlertKinds.Threshold),
        Of("drop", "Traffic drops", "Page views of 30 minutes fall by half.", AlertKinds.Threshold, ("metric", "pageviews"), ("window", "30"), ("compare", "falls"), ("value", "50"), ("minimum", "50"), ("severity", "warning")),
        Of("unusual", "Something unusual", "Page views of an hour are far from what is usual then.", AlertKinds.Anomaly, ("severity", "warning")),
        Of("silence", "No data", "No event for 30 minutes: the snippet may be gone.", AlertKinds.NoData, ("severity", "critical")),
    ];

    public static AlertTemplate? Find(string? key) => All.FirstOrDefault(t => t.Key == key);

    /// <summary>The settings of a new rule.</summary>
    public AlertSettings Filled()
    {
        var kind = AlertKinds.Find(Kind)!;
        var defaults = kind.Defaults();
        return AlertSettings.Of(kind, key => Settings.GetValueOrDefault(key) ?? defaults.Text(key));
    }

    static AlertTemplate Of(string key, string name, string about, AlertKind kind, params (string Key, string Value)[] settings) =>
        new(key, name, about, kind.Key, settings.ToDictionary(s => s.Key, s => s.Value));
}
