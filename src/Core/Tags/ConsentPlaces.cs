using System.Collections.Frozen;
using System.Globalization;

namespace SaaS.Analytics.Tags;

/// <summary>
/// Places that a rule about consent can name: a country (<c>DE</c>, ISO 3166-1), a state of the US or a province of Canada
/// (<c>US-CA</c>, ISO 3166-2), and <c>EEA</c>, the European Economic Area.
/// </summary>
public static class ConsentPlaces
{
    public const string Eea = "EEA";

    /// <summary>The European Union, Iceland, Liechtenstein and Norway.</summary>
    static readonly FrozenSet<string> EeaCountries =
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".Split(' ').ToFrozenSet();

    /// <summary>Names in English, as databases of addresses have them, by code.</summary>
    static readonly FrozenDictionary<string, string> Regions = Named("US",
        "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,"
        + "ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,"
        + "MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,"
        + "OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,"
        + "WV West Virginia,WI Wisconsin,WY Wyoming")
        .Concat(Named("CA", "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,NT Northwest Territories,NU Nunavut,"
            + "ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon"))
        .ToFrozenDictionary();

    /// <returns>The place as it is kept; null where there is none of this name.</returns>
    public static string? Read(string text)
    {
        var code = text.Trim().ToUpperInvariant();
        if (code == Eea || Regions.ContainsKey(code)) return code;
        return code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? Country(code == "UK" ? "GB" : code) : null;
    }

    /// <summary>All names of where somebody is, the narrowest first.</summary>
    internal static IEnumerable<string> Of(string country, string region)
    {
        if (Code(country, region) is { } code) yield return code;
        yield return country;
        if (EeaCountries.Contains(country)) yield return Eea;
    }

    static string? Code(string country, string region) => region.Length == 0 ? null
        : Regions.ContainsKey(region) ? region
        : Regions.Where(r => r.Key.StartsWith(country + "-", StringComparison.Ordinal) && IsSame(r.Value, region)).Select(r => r.Key).FirstOrDefault();

    /// <summary>Some write Québec.</summary>
    static bool IsSame(string name, string region) => string.Equals(name, region.Replace('é', 'e'), StringComparison.OrdinalIgnoreCase);

    static string? Country(string code)
    {
        try
        {
            return new RegionInfo(code).TwoLetterISORegionName == code ? code : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static IEnumerable<KeyValuePair<string, string>> Named(string country, string list) =>
        list.Split(',').Select(n => n.Split(' ', 2)).Select(n => KeyValuePair.Create($"{country}-{n[0]}", n[1]));
}
