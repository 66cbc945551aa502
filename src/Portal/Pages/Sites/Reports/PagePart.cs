namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What a part of the page shows, or that it could not be had: one failing part leaves the others standing.</summary>
sealed record PagePart<T>(T? Value, bool Failed) where T : class;
