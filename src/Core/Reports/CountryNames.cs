using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>English names of the countries that the system's cultures know.</summary>
static class CountryNames
{
    static readonly List<(string Code, string Name)> All =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name))
            .Where(r => r.TwoLetterISORegionName is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            .Select(r => (r.TwoLetterISORegionName, r.EnglishName)).DistinctBy(r => r.TwoLetterISORegionName).OrderBy(r => r.TwoLetterISORegionName, StringComparer.Ordinal),
    ];

    /// <summary>The name of a code; the code itself where there is none.</summary>
    public static string Sql(string column) =>
        $"transform({column}, [{Join(c => c.Code)}], [{Join(c => c.Name)}], toString({column}))";

    static string Join(Func<(string Code, string Name), string> text) =>
        string.Join(',', All.Select(c => $"'{text(c).Replace("'", "\\'", StringComparison.Ordinal)}'"));
}
