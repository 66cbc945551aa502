namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>The rows of a card.</summary>
sealed record TopRows(TopCard Card, TopTab Tab, IReadOnlyList<TopRow> Rows);

/// <param name="Filters">What choosing the row filters by.</param>
/// <param name="Text">As read.</param>
/// <param name="Count">How many of the tab's metric.</param>
/// <param name="Bar">Length of its bar, percent of the longest.</param>
/// <param name="Share">Percent of the whole; null where the rows add up to more than it.</param>
sealed record TopRow(IReadOnlyList<FilterChip> Filters, string Text, double Count, double Bar, double? Share);
