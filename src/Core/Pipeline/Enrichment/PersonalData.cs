using System.Text.RegularExpressions;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Masks what tells who somebody is, or opens their account, in texts that were not written for us.</summary>
public static partial class PersonalData
{
    const string Email = "[email]";
    const string CardNumber = "[number]";
    const string Token = "[token]";
    const int CardDigits = 13;

    static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "token", "jwt", "password", "passwd", "passwort", "pwd", "pass", "passphrase", "secret", "apikey", "api_key", "api-key", "auth",
        "authorization", "bearer", "credential", "credentials", "session", "session_id", "sessionid", "sid", "sig", "signature", "otp", "pin",
        "ssn", "hash_token", "phpsessid", "jsessionid",
    };

    /// <summary>A name before an at sign and one of these after it is a file (<c>logo@2x.png</c>), not somebody's address.</summary>
    static readonly HashSet<string> FileEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "ico", "js", "mjs", "css", "html", "json", "map", "xml", "txt", "pdf", "zip",
    };

    /// <returns><paramref name="text"/> itself where nothing was found.</returns>
    public static string Mask(string text)
    {
        if (text.Contains('@') || text.Contains("%40", StringComparison.Ordinal))
            text = Emails().Replace(text, m => FileEndings.Contains(m.Groups[1].Value) ? m.Value : Email);
        if (text.Contains("eyJ", StringComparison.Ordinal))
            text = Tokens().Replace(text, Token);
        return Digits(text) < CardDigits ? text : CardNumbers().Replace(text, m => IsCardNumber(m.Value) ? CardNumber : m.Value);
    }

    /// <param name="query">Parameters joined by <c>&amp;</c>, without question mark.</param>
    public static string MaskQuery(string query)
    {
        if (query.Contains('='))
            query = string.Join('&', query.Split('&').Select(MaskSecret));
        return Mask(query);
    }

    static string MaskSecret(string parameter)
    {
        var end = parameter.IndexOf('=');
        return end > 0 && end < parameter.Length - 1 && IsSecret(parameter[..end]) ? parameter[..(end + 1)] + Token : parameter;
    }

    static bool IsSecret(string name) =>
        Secrets.Contains(name)
        || name.EndsWith("token", StringComparison.OrdinalIgnoreCase) || name.EndsWith("password", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("secret", StringComparison.OrdinalIgnoreCase) || name.EndsWith("[pass]", StringComparison.OrdinalIgnoreCase);

    static int Digits(string text)
    {
        var count = 0;
        foreach (var c in text)
            if (char.IsAsciiDigit(c))
                count++;
        return count;
    }

    /// <summary>Begins like the numbers of card networks do, which keeps clocks and ids of other systems; its check digit is right.</summary>
    static bool IsCardNumber(string text)
    {
        var digits = text.Replace("%20", "", StringComparison.Ordinal).Where(char.IsAsciiDigit).Select(c => c - '0').ToArray();
        if (digits[0] is < 2 or > 6)
            return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] * (i % 2 + 1);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}(xn--[a-zA-Z0-9-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:\d{13,19}|\d{4}(?:[ +-]|%20)\d{4}(?:[ +-]|%20)\d{4}(?:[ +-]|%20)\d{1,7}|\d{4}(?:[ +-]|%20)\d{6}(?:[ +-]|%20)\d{4,5})(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex CardNumbers();
}
