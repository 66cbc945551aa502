namespace SaaS.Analytics.Ingestion;

/// <summary>The request is answered with a problem document.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="title">What kind of problem, the same for each of its kind.</param>
/// <param name="detail">What is wrong here, for a person.</param>
/// <param name="path">JSON pointer of the field in question; null where it is none.</param>
sealed class RefusedRequestException(int status, string title, string detail, string? path = null) : Exception(detail)
{
    public int Status => status;
    public string Title => title;
    public string? Path => path;
}
