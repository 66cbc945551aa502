using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Flows;

/// <summary>What shields can be about, and how people's input is made a rule of it.</summary>
public static partial class ShieldFacts
{
    public const string Address = "ip";
    public const string Country = "country";
    public const string Page = "page";
    public const string Hostname = "hostname";
    public const int MaxLength = 300;

    /// <param name="fact">One of the above.</param>
    /// <param name="text">As typed.</param>
    /// <returns>The value to keep, or what is wrong with the text and how to mend it.</returns>
    public static (string? Value, string? Error) Normal(string? fact, string? text)
    {
        var typed = (text ?? "").Trim();
        if (typed.Length is 0 or > MaxLength)
            return (null, typed.Length == 0 ? "Say what is not to be counted." : $"At most {MaxLength} characters.");
        var (value, advice) = fact switch
        {
            Address => (Range(typed), "Enter an address like 203.0.113.7 or a network like 203.0.113.0/24 that is not everything."),
            Country => (Code(typed.ToUpperInvariant()), "Enter the two letters of a country, like DE, or A1 for VPNs and anonymisers."),
            Page => (Path().IsMatch(typed) ? typed : null, "Enter a path like /admin/**, without host and question mark, that does not hold for every page."),
            Hostname => (Host().IsMatch(typed) ? typed.ToLowerInvariant() : null, "Enter a host name like staging.example.com or *.example.net."),
            _ => (null, "Choose what the shield is about."),
        };
        return (value, value is null ? advice : null);
    }

    /// <summary>Bits beyond the prefix are taken out, so that 10.1.2.3/8 is the network 10.0.0.0/8.</summary>
    static string? Range(string text)
    {
        var parts = text.Split('/');
        if (!IPAddress.TryParse(parts[0], out var address) || parts.Length > 2 || (parts[0].Contains('.') && !FourNumbers().IsMatch(parts[0]) && !parts[0].Contains(':')))
            return null;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (parts.Length == 1)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix < 1 || prefix > bytes.Length * 8)
            return null;
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(prefix - 8 * i, 0, 8));
        return $"{new IPAddress(bytes)}/{prefix}";
    }

    static string? Code(string text)
    {
        if (text == "A1")
            return text;
        try
        {
            return Letters().IsMatch(text) ? new RegionInfo(text).TwoLetterISORegionName : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^/(?=.*[^*/])[^?#\s]*$")]
    private static partial Regex Path();

    [GeneratedRegex(@"^(?=.*[a-z0-9])[a-z0-9*]([a-z0-9.*-]*[a-z0-9*])?$", RegexOptions.IgnoreCase)]
    private static partial Regex Host();

    [GeneratedRegex(@"^\d{1,3}(\.\d{1,3}){3}$")]
    private static partial Regex FourNumbers();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex Letters();
}
