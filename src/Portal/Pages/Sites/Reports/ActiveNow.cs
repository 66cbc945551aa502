namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Distinct visitors with any event in the last 5 minutes.</summary>
sealed record ActiveNow(int Visitors);
