namespace SaaS.Analytics.Reports;

/// <summary>A query that makes no sense; names the field, as a path into the request.</summary>
public sealed class ReportQueryException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
