namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>Pages that are alike, and where people go from them.</summary>
public sealed record PageKind
{
    public required Weighted<Page> Pages { get; init; }

    /// <summary>The next kind; <see cref="End"/> ends the visit.</summary>
    public required Weighted<string> Next { get; init; }

    /// <summary>Half of the visitors stay shorter than this.</summary>
    public double MedianSeconds { get; init; } = 25;

    public IReadOnlyList<PageAction> Actions { get; init; } = [];

    /// <summary>Places on the page that show an ad.</summary>
    public IReadOnlyList<string> Placements { get; init; } = [];

    public const string End = "session_end";
}

/// <summary>One page of the site.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Price">What the product on it costs; 0 where nothing is sold.</param>
public sealed record Page(string Path, string Title, decimal Price = 0);

/// <summary>A custom event that visitors cause on a kind of page.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Chance">Share of the page views that cause it.</param>
public sealed record PageAction(string Name, double Chance)
{
    /// <summary>Happens only when the visitor goes on to this kind; null: wherever they go.</summary>
    public string? Before { get; init; }
    public bool Interactive { get; init; } = true;

    /// <summary>Puts the page's product into the cart.</summary>
    public bool Adds { get; init; }

    /// <summary>Buys what is in the cart: the event carries its sum as revenue. At most once a visit.</summary>
    public bool Buys { get; init; }

    /// <summary>A property with a value for each event; empty: none.</summary>
    public string Prop { get; init; } = "";
    public Weighted<string> Values { get; init; } = [];
}
