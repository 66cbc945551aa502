namespace SaaS.Analytics.Reports;

/// <summary>A query that makes sense and asks for more than the tenant may use; the message says what to change.</summary>
/// <param name="message">For the asker.</param>
/// <param name="later">True: the same query may succeed in a moment.</param>
public sealed class ReportLimitException(string message, bool later) : Exception(message)
{
    public bool Later => later;
}
