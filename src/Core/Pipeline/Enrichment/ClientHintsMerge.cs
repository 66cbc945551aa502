using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Corrects what user agents no longer tell: browsers that pass for Chrome, versions of systems (every Windows is 10, every Mac
/// 10.15), tablets that look like desktops.
/// </summary>
sealed class ClientHintsMerge : IEventStep
{
    readonly RecentCache<string, ClientHints> known = new(2_000);
    readonly Lock @lock = new();

    public void Apply(EventContext e)
    {
        if (e.Event.ClientHints.Length == 0)
            return;
        var hints = Of(e.Event.ClientHints);
        if (hints.Browser.Length > 0 && hints.Browser != "Chrome" && e.Row.Browser is "Chrome" or "Chrome Mobile" or "")
            (e.Row.Browser, e.Row.BrowserVersion) = (hints.Browser, hints.BrowserVersion);
        MergeSystem(e.Row, hints);
        if (hints is { Os: "Android", IsMobile: { } mobile } && e.Row.DeviceType is "desktop" or "mobile" or "tablet" or "other" or "")
            e.Row.DeviceType = mobile ? "mobile" : "tablet";
    }

    static void MergeSystem(EventRow row, ClientHints hints)
    {
        // A phone asking for the desktop's page says Linux in the user agent, and Android here.
        if (hints.Os.Length > 0 && row.Os is "" or "Linux")
            (row.Os, row.OsVersion) = (hints.Os, "");
        if (hints.OsVersion.Length > 0 && hints.Os == row.Os)
            row.OsVersion = hints.OsVersion;
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
