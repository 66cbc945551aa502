using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A page of a full table.</summary>
sealed record DetailsPart(DetailsView View, ReportResult Result)
{
    public long Total => Result.Meta.TotalRows ?? Result.Rows.Count;

    public bool HasNext => View.Offset + Result.Rows.Count < Total && Result.Rows.Count > 0;
}
