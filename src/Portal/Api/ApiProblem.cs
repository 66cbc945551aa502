namespace SaaS.Analytics.Portal.Api;

/// <summary>RFC 9457 problem documents with the path of the offending <c>field</c>.</summary>
static class ApiProblem
{
    public static IResult Of(int status, string field, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["field"] = field });
}
