namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Events on their way into the store.</summary>
/// <param name="Events">How many.</param>
/// <param name="Since">Minute of receipt (UTC) of the oldest; null where there are none.</param>
sealed record WaitingEvents(long Events, DateTime? Since);
