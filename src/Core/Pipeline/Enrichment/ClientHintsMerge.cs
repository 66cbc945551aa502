using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Corrects what user agents no longer tell: browsers that pass for Chrome, versions of systems (every Windows is 10, every Mac
/// 10.15), tablets that look like desktops, models of phones.
/// </summary>
sealed class ClientHintsMerge(UserAgents userAgents) : IEventStep
{
    readonly RecentCache<string, ClientHints> known = new(2_000);
    readonly Lock @lock = new();

    public void Apply(EventContext e)
    {
        if (e.Event.ClientHints.Length == 0)
            return;
        var hints = Of(e.Event.ClientHints);
        Merge(e.Row, hints);
        if (hints.Model.Length > 0 && e.Row.DeviceBrand.Length == 0)
            (e.Row.DeviceBrand, e.Row.DeviceModel) = (userAgents.BrandOf(hints.Model, e), hints.Model);
    }

    /// <summary>Merging twice changes nothing more.</summary>
    /// <param name="row">Has what the user agent tells.</param>
    /// <param name="hints">What is told beside it.</param>
    public static void Merge(EventRow row, ClientHints hints)
    {
        if (hints.Browser.Length > 0 && hints.Browser != "Chrome" && row.Browser is "Chrome" or "Chrome Mobile" or "")
            (row.Browser, row.BrowserVersion) = (hints.Browser, hints.BrowserVersion);
        // A phone asking for the desktop's page says Linux in the user agent, and Android here.
        if (hints.Os.Length > 0 && row.Os is "" or "Linux")
            (row.Os, row.OsVersion) = (hints.Os, "");
        if (hints.OsVersion.Length > 0 && hints.Os == row.Os)
            row.OsVersion = hints.OsVersion;
        if (hints is { Os: "Android", IsMobile: { } mobile } && row.DeviceType is "desktop" or "mobile" or "tablet" or "other" or "")
            row.DeviceType = mobile ? "mobile" : "tablet";
    }

    ClientHints Of(string text)
    {
        lock (@lock)
            if (known.TryGet(text, out var hints))
                return hints;
        var parsed = ClientHints.Parse(text);
        lock (@lock)
            known.Set(text, parsed);
        return parsed;
    }
}
