using System.Net;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.E2E.Products;

/// <summary>Reads the local outbox page as a person would: list, newest mail to the address, its text.</summary>
static partial class Mailbox
{
    public static async Task<string> NewestAsync(HttpClient http, string list, string address)
    {
        var link = await Patience.UntilAsync($"a mail to {address}", async () =>
            Row().Matches(await http.GetStringAsync(list)).FirstOrDefault(m => m.Value.Contains(address))?.Groups[1].Value);
        return WebUtility.HtmlDecode(await http.GetStringAsync(new Uri(new Uri(list), WebUtility.HtmlDecode(link))));
    }

    [GeneratedRegex("<a[^>]*href=\"([^\"]*outbox[^\"]*)\".*?</a>.*?</(?:li|tr)>", RegexOptions.Singleline)]
    private static partial Regex Row();
}
