using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Takes people's data out of what the browser tells by itself: address, title, referrer, campaign. Props that the site's
/// author sends are the author's, but for addresses that the script fills in.
/// </summary>
sealed class PersonalDataMask : IEventStep
{
    static readonly string[] AddressProps = ["url", "path", "action"];

    public void Apply(EventContext e)
    {
        var row = e.Row;
        (row.Path, row.Title, row.Referrer) = (PersonalData.Mask(row.Path), PersonalData.Mask(row.Title), PersonalData.Mask(row.Referrer));
        (row.Query, row.Fragment) = (PersonalData.MaskQuery(row.Query), PersonalData.MaskQuery(row.Fragment));
        (row.UtmSource, row.UtmMedium) = (PersonalData.Mask(row.UtmSource), PersonalData.Mask(row.UtmMedium));
        (row.UtmCampaign, row.UtmTerm) = (PersonalData.Mask(row.UtmCampaign), PersonalData.Mask(row.UtmTerm));
        (row.UtmContent, row.Source) = (PersonalData.Mask(row.UtmContent), PersonalData.Mask(row.Source));
        MaskProps(row);
    }

    static void MaskProps(EventRow row)
    {
        for (var i = 0; i < row.Props.Length; i++)
            if (AddressProps.Contains(row.Props[i].Key) && MaskAddress(row.Props[i].Value) is var masked && masked != row.Props[i].Value)
                row.Props = [.. row.Props[..i], new(row.Props[i].Key, masked), .. row.Props[(i + 1)..]];
    }

    static string MaskAddress(string address)
    {
        var query = address.IndexOf('?');
        return query < 0 ? PersonalData.Mask(address) : PersonalData.Mask(address[..(query + 1)]) + PersonalData.MaskQuery(address[(query + 1)..]);
    }
}
