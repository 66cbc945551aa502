namespace SaaS.Analytics.Ingestion;

/// <summary>What the door must know of a URL: its host. The pipeline takes it apart properly.</summary>
static class EventUrl
{
    /// <returns>The host of an absolute URL, without user and port; empty where it has none (<c>file:///…</c>).</returns>
    /// <param name="url">The URL.</param>
    /// <param name="isAbsolute">False for what is no absolute URL.</param>
    public static ReadOnlySpan<char> Host(ReadOnlySpan<char> url, out bool isAbsolute)
    {
        var scheme = url.IndexOf("://");
        isAbsolute = scheme > 0 && char.IsAsciiLetter(url[0]) && url[..scheme].IndexOfAnyExcept(SchemeCharacters) < 0;
        if (!isAbsolute) return [];
        var authority = url[(scheme + 3)..];
        var end = authority.IndexOfAny("/?#\\");
        if (end >= 0) authority = authority[..end];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var port = host.StartsWith("[") ? host.IndexOf("]:") + 1 : host.LastIndexOf(':');
        return port > 0 ? host[..port].TrimEnd('.') : host.TrimEnd('.');
    }

    static readonly System.Buffers.SearchValues<char> SchemeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
}
