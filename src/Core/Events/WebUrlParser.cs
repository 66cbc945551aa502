using System.Globalization;
using System.Text;

namespace SaaS.Analytics.Events;

/// <summary>
/// The URL standard's basic parser, part by part instead of character by character. Left out are the standard's rules for
/// Windows drive letters, which only <c>file:</c> has.
/// </summary>
readonly struct WebUrlParser(WebUrl? relativeTo)
{
    public static bool IsSpecial(string scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or "file";

    public WebUrl? Parse(string text)
    {
        var rest = WithoutBreaks(text.AsSpan().Trim(ControlsAndSpace)).AsSpan();
        var fragment = Cut(ref rest, '#');
        var encoded = fragment is null ? null : PercentCoding.Encode(fragment, PercentCoding.Fragment);
        var scheme = SchemeOf(rest);
        if (scheme.Length > 0)
            rest = rest[(scheme.Length + 1)..];
        var url = scheme.Length > 0 ? Absolute(scheme, rest) : Relative(rest);
        return url is null ? null : url with { Fragment = encoded };
    }

    WebUrl? Absolute(string scheme, ReadOnlySpan<char> rest)
    {
        var special = IsSpecial(scheme);
        if (special && relativeTo?.Scheme == scheme && !rest.StartsWith("//"))
            return Relative(rest);
        var query = QueryOf(ref rest, special);
        if (special)
            return scheme == "file" ? File(rest, query) : WithAuthority(scheme, rest.TrimStart("/\\"), query);
        if (rest.StartsWith("//"))
            return WithAuthority(scheme, rest[2..], query);
        var path = rest.StartsWith("/") ? PathOf([], rest[1..], special) : PercentCoding.Encode(rest, PercentCoding.Opaque);
        return new WebUrl(scheme, "", "", null, null, path, query, null);
    }

    WebUrl? Relative(ReadOnlySpan<char> rest)
    {
        if (relativeTo is not { } basis || (basis.IsOpaque && rest.Length > 0))
            return null;
        var special = basis.IsSpecial;
        var query = QueryOf(ref rest, special);
        if (rest.Length == 0)
            return basis with { Query = query ?? basis.Query };
        bool Slash(char c) => c == '/' || (special && c == '\\');
        if (!Slash(rest[0]))
            return basis with { Path = PathOf([.. basis.Path.Split('/').Skip(1).SkipLast(1)], rest, special), Query = query };
        if (rest.Length > 1 && Slash(rest[1]))
            return basis.Scheme == "file" ? File(rest, query) : WithAuthority(basis.Scheme, special ? rest.TrimStart("/\\") : rest[2..], query);
        return basis with { Path = PathOf([], rest[1..], special), Query = query };
    }

    static WebUrl? File(ReadOnlySpan<char> rest, string? query)
    {
        if (rest.StartsWith("//") || rest.StartsWith("\\\\"))
            rest = rest[2..];
        var end = rest.IndexOfAny('/', '\\');
        var name = end < 0 ? rest : rest[..end];
        var host = name.Length == 0 ? "" : WebHost.Parse(name, special: true);
        return host is null ? null
            : new WebUrl("file", "", "", host == "localhost" ? "" : host, null, PathOf([], end < 0 ? [] : rest[(end + 1)..], true), query, null);
    }

    /// <param name="scheme">Of the URL.</param>
    /// <param name="rest">What follows the two slashes, without query and fragment.</param>
    /// <param name="query">Of the URL, encoded.</param>
    static WebUrl? WithAuthority(string scheme, ReadOnlySpan<char> rest, string? query)
    {
        var special = IsSpecial(scheme);
        var end = special ? rest.IndexOfAny('/', '\\') : rest.IndexOf('/');
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? ("", "") : Credentials(authority[..at]);
        var server = authority[(at + 1)..];
        if (!Split(server, out var name, out var port, scheme) || (name.Length == 0 && (special || at >= 0 || server.Length > 0)))
            return null;
        var host = name.Length == 0 ? "" : WebHost.Parse(name, special);
        var path = end < 0 ? special ? "/" : "" : PathOf([], rest[(end + 1)..], special);
        return host is null ? null : new WebUrl(scheme, user, password, host, port, path, query, null);
    }

    static (string User, string Password) Credentials(ReadOnlySpan<char> text)
    {
        var password = Cut(ref text, ':');
        return (PercentCoding.Encode(text, PercentCoding.User), PercentCoding.Encode(password, PercentCoding.User));
    }

    static bool Split(ReadOnlySpan<char> server, out ReadOnlySpan<char> name, out int? port, string scheme)
    {
        name = server;
        port = null;
        var colon = server.LastIndexOf(':');
        if (colon < 0 || server.LastIndexOf(']') > colon)
            return true;
        name = server[..colon];
        var digits = server[(colon + 1)..];
        if (digits.Length == 0)
            return true;
        if (digits.ContainsAnyExceptInRange('0', '9') || digits.TrimStart('0').Length > 5)
            return false;
        var number = digits.TrimStart('0') is { Length: > 0 } significant ? int.Parse(significant, CultureInfo.InvariantCulture) : 0;
        port = number == OwnPort(scheme) ? null : number;
        return number <= ushort.MaxValue;
    }

    static int OwnPort(string scheme) => scheme switch { "http" or "ws" => 80, "https" or "wss" => 443, "ftp" => 21, _ => -1 };

    /// <param name="segments">Those that are there already.</param>
    /// <param name="text">Further segments.</param>
    /// <param name="special">A backslash is a slash.</param>
    static string PathOf(List<string> segments, ReadOnlySpan<char> text, bool special)
    {
        if (segments.Count == 0 && !text.ContainsAny('.', '%') && !(special && text.Contains('\\')))
            return "/" + PercentCoding.Encode(text, PercentCoding.Path);
        while (true)
        {
            var end = special ? text.IndexOfAny('/', '\\') : text.IndexOf('/');
            Add(segments, end < 0 ? text : text[..end], isLast: end < 0);
            if (end < 0)
                return "/" + string.Join('/', segments);
            text = text[(end + 1)..];
        }
    }

    static void Add(List<string> segments, ReadOnlySpan<char> segment, bool isLast)
    {
        var dots = Dots(segment);
        if (dots == 2 && segments.Count > 0)
            segments.RemoveAt(segments.Count - 1);
        if (dots == 0)
            segments.Add(PercentCoding.Encode(segment, PercentCoding.Path));
        else if (isLast)
            segments.Add("");
    }

    /// <returns>1 for <c>.</c>, 2 for <c>..</c>, however they are written; 0 for anything else.</returns>
    static int Dots(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        for (; segment.Length > 0 && dots < 3; dots++)
        {
            var length = segment[0] == '.' ? 1 : segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            if (length == 0)
                return 0;
            segment = segment[length..];
        }
        return dots > 2 ? 0 : dots;
    }

    static string? QueryOf(ref ReadOnlySpan<char> rest, bool special)
    {
        var query = Cut(ref rest, '?');
        return query is null ? null : PercentCoding.Encode(query, special ? PercentCoding.SpecialQuery : PercentCoding.Query);
    }

    /// <summary>Cuts off what follows a character, and the character; null where there is none.</summary>
    static string? Cut(ref ReadOnlySpan<char> text, char at)
    {
        var start = text.IndexOf(at);
        if (start < 0)
            return null;
        var cut = text[(start + 1)..].ToString();
        text = text[..start];
        return cut;
    }

    static string SchemeOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':')
                return i == 0 ? "" : text[..i].ToString().ToLowerInvariant();
            if (!char.IsAsciiLetter(text[i]) && (i == 0 || !(char.IsAsciiDigit(text[i]) || text[i] is '+' or '-' or '.')))
                return "";
        }
        return "";
    }

    static readonly string ControlsAndSpace = string.Concat(Enumerable.Range(0, ' ' + 1).Select(c => (char)c));

    static string WithoutBreaks(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('\t', '\n', '\r'))
            return text.ToString();
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c is not ('\t' or '\n' or '\r'))
                kept.Append(c);
        return kept.ToString();
    }
}
