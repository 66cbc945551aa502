namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>The rows of a card.</summary>
sealed record TopRows(TopCard Card, TopTab Tab, IReadOnlyList<TopRow> Rows);

/// <param name="Value">As stored: what a filter would name.</param>
/// <param name="Text">As read.</param>
/// <param name="Visitors">How many.</param>
/// <param name="Bar">Length of its bar, percent of the longest.</param>
/// <param name="Share">Percent of all visitors.</param>
sealed record TopRow(string Value, string Text, double Visitors, double Bar, double? Share);
