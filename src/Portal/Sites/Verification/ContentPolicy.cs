namespace SaaS.Analytics.Portal.Sites.Verification;

/// <summary>One Content-Security-Policy of a page, as far as it decides about the snippet.</summary>
sealed class ContentPolicy
{
    readonly Dictionary<string, string[]> directives = new(StringComparer.OrdinalIgnoreCase);

    ContentPolicy(string text)
    {
        foreach (var directive in text.Split(';'))
        {
            var words = directive.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) directives.TryAdd(words[0], words[1..]);
        }
    }

    /// <param name="text">Header or meta element; a comma separates policies, and each of them must allow.</param>
    public static IEnumerable<ContentPolicy> Read(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => new ContentPolicy(p));

    public bool AllowsScript(Uri script, Uri page, string? nonce)
    {
        if (Sources("script-src-elem", "script-src", "default-src") is not { } sources) return true;
        if (nonce is { Length: > 0 } && sources.Contains($"'nonce-{nonce}'")) return true;
        // With strict-dynamic the browser ignores every host in the list.
        return !sources.Contains("'strict-dynamic'", StringComparer.OrdinalIgnoreCase) && sources.Any(s => Matches(s, script, page));
    }

    public bool AllowsConnection(Uri target, Uri page) =>
        Sources("connect-src", "default-src") is not { } sources || sources.Any(s => Matches(s, target, page));

    string[]? Sources(params string[] names) => names.Select(n => directives.GetValueOrDefault(n)).FirstOrDefault(s => s is not null);

    static bool Matches(string source, Uri target, Uri page)
    {
        if (source == "*") return true;
        if (source.Equals("'self'", StringComparison.OrdinalIgnoreCase)) return Origin(target) == Origin(page);
        if (source.StartsWith('\'')) return false;
        if (source.EndsWith(':')) return Scheme(source[..^1], target);
        var (scheme, rest) = source.Split("://") is [var s, var r] ? (s, r) : (null, source);
        if (!Scheme(scheme ?? page.Scheme, target)) return false;
        var slash = rest.IndexOf('/');
        var (authority, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        return Authority(authority, target) && Path(path, target);
    }

    static bool Scheme(string allowed, Uri target) =>
        allowed.Equals(target.Scheme, StringComparison.OrdinalIgnoreCase) || (allowed.Equals("http", StringComparison.OrdinalIgnoreCase) && target.Scheme == "https");

    static bool Authority(string allowed, Uri target)
    {
        var (host, port) = allowed.Split(':') is [var h, var p] ? (h, p) : (allowed, null);
        if (port is null ? !target.IsDefaultPort : port != "*" && port != target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)) return false;
        return host == "*" || (host.StartsWith("*.", StringComparison.Ordinal)
            ? target.Host.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : target.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
    }

    static bool Path(string allowed, Uri target) => allowed.Length == 0
        || (allowed.EndsWith('/') ? target.AbsolutePath.StartsWith(allowed, StringComparison.Ordinal) : target.AbsolutePath == allowed);

    static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
