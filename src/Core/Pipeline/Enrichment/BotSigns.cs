using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Weak evidence of a program. No sign alone leaves a visitor out of reports: people are behind servers too, and some browsers
/// keep their language to themselves.
/// </summary>
sealed class BotSigns : IEventStep
{
    public void Apply(EventContext e)
    {
        var (row, signs) = (e.Row, e.Event.Signs);
        if (signs.HasFlag(SenderSigns.NoLanguage))
            BotVerdict.Add(row, 30, "", "no_language");
        if (signs.HasFlag(SenderSigns.Hosting))
            BotVerdict.Add(row, 40, "", "hosting_network");
        if (signs != SenderSigns.None && e.Event.UserAgent.Length == 0)
            BotVerdict.Add(row, 15, "", "no_user_agent");
        AddScreen(row);
        if (e.Event.ClientHints.Contains("Headless", StringComparison.OrdinalIgnoreCase))
            BotVerdict.Add(row, BotVerdict.Certain, "HeadlessChrome", "headless_hint");
        BotVerdict.Name(row);
    }

    /// <summary>No desktop of a person has the screen that browsers without one claim.</summary>
    public static void AddScreen(EventRow row)
    {
        if (row.Screen is "800x600" or "0x0" && row.DeviceType == "desktop")
            BotVerdict.Add(row, 25, "", "headless_screen");
    }
}
