namespace SaaS.Analytics.Reports;

/// <summary>One condition of a search: all of them must hold.</summary>
/// <param name="Field">Name of an <see cref="EventField"/> or <c>props.…</c>; null looks everywhere.</param>
/// <param name="Match">How the value is compared.</param>
/// <param name="Value">In the form that the comparison needs.</param>
/// <param name="Negated">Must not hold.</param>
public sealed record EventTerm(string? Field, EventMatch Match, string Value, bool Negated);

public enum EventMatch
{
    /// <summary>The whole value, whatever the case.</summary>
    Is,

    /// <summary>The text with * for anything.</summary>
    Like,

    /// <summary>Somewhere in it.</summary>
    Contains,

    /// <summary>There is a value.</summary>
    Present,
    More,
    AtLeast,
    Less,
    AtMost,
}

/// <summary>A search that cannot be read.</summary>
/// <param name="position">Where in the text, from 0.</param>
/// <param name="message">What is wrong and what would be right.</param>
public sealed class EventSearchException(int position, string message) : Exception(message)
{
    public int Position => position;
}
