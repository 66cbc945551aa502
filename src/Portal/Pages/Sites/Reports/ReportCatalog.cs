namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>The reports that are made of tiles, a chart and cards; a new one is a line here and one in the menu.</summary>
static class ReportCatalog
{
    public static IReadOnlyList<Report> All { get; } =
    [
        OverviewReport.Page,
        RealTimeReport.Page,
        AcquisitionReport.Page,
        EngagementReport.Page,
        DemographicsReport.Page,
        TechnologyReport.Page,
    ];

    /// <param name="name">The part of the address after the domain; nothing for the overview.</param>
    public static Report? Find(string? name) => All.FirstOrDefault(r => r.Path == (string.IsNullOrEmpty(name) ? "" : "/" + name));
}

/// <summary>Matches the addresses of <see cref="ReportCatalog"/>, so that others stay "not found".</summary>
sealed class ReportRoute : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        ReportCatalog.Find(values[routeKey] as string) is not null;
}
