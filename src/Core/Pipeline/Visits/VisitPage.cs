namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>A page of a visit and when it was viewed.</summary>
readonly record struct VisitPage(string Hostname, string Path, DateTime At)
{
    public static readonly VisitPage None = new("", "", DateTime.UnixEpoch);

    public static VisitPage First(VisitPage a, VisitPage b) =>
        a == None ? b : b == None ? a : Order(a, b) <= 0 ? a : b;

    public static VisitPage Last(VisitPage a, VisitPage b) =>
        a == None ? b : b == None ? a : Order(a, b) >= 0 ? a : b;

    /// <summary>By time; two views of one millisecond by address, so that their order of arrival does not matter.</summary>
    static int Order(VisitPage a, VisitPage b)
    {
        var byTime = a.At.CompareTo(b.At);
        var byHost = byTime != 0 ? byTime : string.CompareOrdinal(a.Hostname, b.Hostname);
        return byHost != 0 ? byHost : string.CompareOrdinal(a.Path, b.Path);
    }
}
