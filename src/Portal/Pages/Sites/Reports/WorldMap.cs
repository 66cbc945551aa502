using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using SaaS.Analytics.Portal.Layout;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Which countries the drawn map has.</summary>
sealed partial class WorldMap(BuiltFiles files)
{
    const string Name = "world.svg";

    readonly Lazy<FrozenSet<string>> codes = new(() =>
        Code().Matches(Encoding.UTF8.GetString(files.Find(Name)!.Bytes)).Select(m => m.Groups[1].Value).ToFrozenSet());

    public string Url => files.Url(Name);

    /// <param name="country">ISO 3166-1, two letters.</param>
    public bool Knows(string country) => codes.Value.Contains(country);

    [GeneratedRegex("id=\"([A-Z]{2})\"")]
    private static partial Regex Code();
}
