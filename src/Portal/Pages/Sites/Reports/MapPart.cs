using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Visitors by country, in steps of colour.</summary>
sealed record MapPart(IReadOnlyList<MapCountry> Countries)
{
    const int Steps = 6;

    /// <summary>A logarithmic scale: one country never makes all the others pale.</summary>
    public static MapPart Of(ReportResult result)
    {
        var rows = result.Rows.Select(r => (Code: r.Dimensions[0], Visitors: r.Metrics[0] ?? 0)).Where(r => r.Visitors > 0).ToList();
        var most = rows.Select(r => r.Visitors).DefaultIfEmpty(1).Max();
        return new([.. rows.Select(r => new MapCountry(r.Code, r.Visitors, Step(r.Visitors, most)))]);
    }

    static int Step(double visitors, double most) =>
        most <= 1 ? Steps : Math.Clamp((int)Math.Ceiling(Steps * Math.Log(visitors + 1) / Math.Log(most + 1)), 1, Steps);
}

/// <param name="Code">ISO 3166-1, two letters.</param>
/// <param name="Visitors">How many.</param>
/// <param name="Step">1 for few to 6 for most.</param>
sealed record MapCountry(string Code, double Visitors, int Step);
