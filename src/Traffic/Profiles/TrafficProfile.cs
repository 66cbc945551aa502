namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>Who comes to a site, when, from where, and what they do there: everything the generator needs to know.</summary>
public sealed record TrafficProfile
{
    /// <summary>Host name in the URLs of the events.</summary>
    public required string Host { get; init; }

    /// <summary>The site's pages by the name of their kind; walks go from kind to kind.</summary>
    public required IReadOnlyDictionary<string, PageKind> Pages { get; init; }

    /// <summary>Kind of the first page, where the source does not name one.</summary>
    public required Weighted<string> Landing { get; init; }

    public required IReadOnlyList<TrafficSource> Sources { get; init; }
    public required Weighted<Country> Countries { get; init; }
    public required Weighted<Device> Devices { get; init; }

    /// <summary>Programs that call themselves visitors, and their share of all visitors.</summary>
    public Weighted<Device> Bots { get; init; } = [];
    public double BotShare { get; init; }

    public Weighted<Ad> Ads { get; init; } = [];

    /// <summary>24 weights, by the visitor's own hour.</summary>
    public required IReadOnlyList<double> Hours { get; init; }

    /// <summary>7 weights from Sunday on.</summary>
    public IReadOnlyList<double> Weekdays { get; init; } = [1, 1, 1, 1, 1, 1, 1];

    /// <summary>Growth over the whole history: 0.3 means that the last day has 30 % more than the first.</summary>
    public double Growth { get; init; }

    /// <summary>How much days differ for no reason: 0.1 means ± 10 %.</summary>
    public double Noise { get; init; }

    /// <summary>Share of people in mode A.</summary>
    public double ConsentedShare { get; init; }

    /// <summary>Share of visits by somebody who was here on an earlier day.</summary>
    public double ReturningShare { get; init; }

    /// <summary>Share of visits that are followed by another of the same person on the same day.</summary>
    public double AgainShare { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "EUR";
}
