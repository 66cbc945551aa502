namespace SaaS.Analytics.Alerts;

/// <summary>A rule about visits, ready to be asked often. Thread-safe.</summary>
sealed class RuleTest
{
    readonly string who, property;
    readonly bool verified;
    readonly TimeSpan away;
    readonly uint visits;
    readonly string[] countries;
    readonly TextTest propertyValue;
    readonly string trait;
    readonly ActiveHours hours;

    public RuleTest(Guid id, string kind, AlertSettings s, string timeZone)
    {
        (Id, Kind, who, trait) = (id, kind, s.Text("who"), s.Text("trait"));
        (Who, Page, Campaign, Source) = (new(s.Text("who_value")), new(s.Text("page")), new(s.Text("campaign")), new(s.Text("source")));
        (verified, visits) = (s.Flag("verified"), Math.Max(2, (uint)s.Number("visits")));
        away = s.Text("away_unit") == "hours" ? TimeSpan.FromHours((double)s.Number("away")) : TimeSpan.FromDays((double)s.Number("away"));
        countries = s.Text("country").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        (EventName, property, propertyValue) = (s.Text("event"), s.Text("property"), new(s.Text("property_value")));
        (Seen, hours) = (new(s.Text("page_seen")), new ActiveHours(s, timeZone));
    }

    public Guid Id { get; }
    public string Kind { get; }
    public string EventName { get; }
    public TextTest Page { get; }
    public TextTest Campaign { get; }

    /// <summary>A page of the visit, whenever it is opened; fires then.</summary>
    public TextTest Seen { get; }
    public TextTest Source { get; }

    /// <summary>The user id, or the value of the trait.</summary>
    public TextTest Who { get; }

    public bool IsAboutOneUser => Kind == AlertKinds.Returning.Key && who == "user" && Who.Exact is not null;

    /// <summary>The visitor is back, and is who the rule asks for.</summary>
    public bool Returns(VisitFacts visit, DateTime at) =>
        visit.Number >= visits && visit.Away is { } gone && gone >= away && IsWho(visit) && Page.Holds(visit.Page) && Came(visit) && hours.Holds(at);

    /// <summary>The event is what the rule asks for.</summary>
    public bool Happens(VisitFacts visit, in EventFacts e, DateTime at) =>
        e.Name == EventName && Page.Holds(e.Page) && HasProperty(e.Props) && Came(visit) && hours.Holds(at);

    bool Came(VisitFacts visit) => Campaign.Holds(visit.Campaign) && Source.Holds(visit.Source)
        && (countries.Length == 0 || Array.Exists(countries, c => c.Equals(visit.Country, StringComparison.OrdinalIgnoreCase)));

    bool IsWho(VisitFacts visit)
    {
        if (verified && !visit.Verified) return false;
        return who switch
        {
            "identified" => visit.UserId.Length > 0,
            "user" => visit.UserId.Length > 0 && Who.Holds(visit.UserId),
            "trait" => visit.Trait(trait) is { Length: > 0 } value && Who.Holds(value),
            _ => true,
        };
    }

    bool HasProperty(IReadOnlyList<KeyValuePair<string, string>> props)
    {
        if (property.Length == 0) return true;
        foreach (var (key, value) in props)
            if (key == property) return propertyValue.Holds(value);
        return false;
    }
}
