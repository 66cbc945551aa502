using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Portal.Pages.Sites.Ledgers;

/// <summary>The ledger's outcomes and reasons as a person reads them.</summary>
static class LedgerWords
{
    static readonly Dictionary<string, string> Reasons = new()
    {
        ["too_old"] = "The event was more than 30 days old. Let the client send earlier, or import with a key that has the scope events:import.",
        ["foreign_host"] = "The page is on a host that is not one of the site's. Add the host in the settings if it is yours.",
        ["shield_ip"] = "A shield keeps this address or network out.",
        ["shield_country"] = "A shield keeps this country out.",
        ["shield_page"] = "A shield keeps this page out.",
        ["shield_hostname"] = "A shield keeps this host name out.",
        ["name_missing"] = "The event has no name of 1 to 120 characters.",
        ["not_an_object"] = "The item of the batch is not a JSON object.",
        ["batch_too_long"] = "The request carried more than 500 events; send smaller batches.",
        ["url_invalid"] = "The url is not an absolute address.",
        ["suspended"] = "The account was suspended.",
        [DropReasons.SiteDeleted] = "The site had been deleted when the event arrived.",
        [DropReasons.EngagementWithoutVisit] = "Engagement that came without any id of a visitor, so that no visit can take it.",
        [DropReasons.Bot] = "It looked like a bot, and the settings of the site say that bots are dropped.",
        [DropReasons.NotProcessable] = "A step of the processing failed on the event. It is kept and can be replayed.",
    };

    static readonly Dictionary<string, string> Outcome = new()
    {
        [Outcomes.Stored] = "stored", [Outcomes.Duplicate] = "duplicate", [Outcomes.Excluded] = "excluded by rule",
        [Outcomes.Invalid] = "invalid", [Outcomes.OverQuota] = "over quota", [Outcomes.Dead] = "dead",
    };

    public static string Of(string outcome) => Outcome.GetValueOrDefault(outcome, outcome);

    /// <summary>Empty for a reason that says all by its name.</summary>
    public static string Explain(string reason) => Reasons.GetValueOrDefault(reason, "");
}
