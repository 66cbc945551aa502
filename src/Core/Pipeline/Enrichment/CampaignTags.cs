namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>UTM parameters as sent, and which click id was there.</summary>
sealed class CampaignTags : IEventStep
{
    public void Apply(EventContext e)
    {
        if (e.Query.Length == 0)
            return;
        e.Row.UtmSource = e.Parameter("utm_source");
        e.Row.UtmMedium = e.Parameter("utm_medium");
        e.Row.UtmCampaign = e.Parameter("utm_campaign");
        e.Row.UtmTerm = e.Parameter("utm_term");
        e.Row.UtmContent = e.Parameter("utm_content");
        e.Row.ClickId = ClickId(e);
    }

    static string ClickId(EventContext e)
    {
        foreach (var name in TrackingParameters.ClickIds)
            if (Has(e, name))
                return name;
        return "";
    }

    static bool Has(EventContext e, string name)
    {
        foreach (var (key, _) in e.Query)
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
