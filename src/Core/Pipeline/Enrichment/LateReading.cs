using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Reads user agents that were too many when their events came. Gives what the steps would have given then; what the others had
/// found out, from client hints and signs, is in the row already.
/// </summary>
public static class LateReading
{
    /// <summary>What an event says whose user agent was not read.</summary>
    public const string Note = "ua_unparsed";

    /// <param name="row">As stored.</param>
    /// <param name="facts">What its user agent tells.</param>
    /// <returns>As it must be; the same again for a row that is so already.</returns>
    internal static EventRow Read(EventRow row, UserAgentFacts facts)
    {
        var read = row with { };
        facts.CopyTo(read);
        ClientHintsMerge.Merge(read, Hints(row));
        if (row.DeviceModel.Length > 0 && facts.Device.Brand.Length == 0)
            (read.DeviceBrand, read.DeviceModel) = (row.DeviceBrand, row.DeviceModel);
        Judge(read, facts);
        return read;
    }

    /// <summary>Of a row without a user agent, all that is known comes from hints.</summary>
    static ClientHints Hints(EventRow row) => new(
        row.Browser, row.BrowserVersion, row.Os, row.OsVersion, row.DeviceType switch { "mobile" => true, "tablet" => false, _ => null }, "");

    static void Judge(EventRow row, UserAgentFacts facts)
    {
        var reasons = row.BotReasons.Split(',');
        if (facts.BotName.Length > 0 && !reasons.Contains(facts.BotReason))
        {
            row.BotName = "";
            BotVerdict.Add(row, BotVerdict.Certain, facts.BotName, facts.BotReason);
        }
        if (!reasons.Contains("headless_screen"))
            BotSigns.AddScreen(row);
        BotVerdict.Name(row);
    }
}
