using System.Buffers;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>What the door must know of a URL: its host.</summary>
static class EventUrl
{
    /// <returns>The host of an absolute URL, without user and port; empty where it has none (<c>file:///…</c>).</returns>
    /// <param name="url">The URL.</param>
    /// <param name="isAbsolute">False for what is no absolute URL.</param>
    public static ReadOnlySpan<char> Host(string url, out bool isAbsolute)
    {
        isAbsolute = true;
        var plain = PlainHost(url);
        if (plain.Length > 0) return plain;
        var parsed = WebUrl.Parse(url);
        isAbsolute = parsed is not null;
        return parsed?.Host is { } host ? host.TrimEnd('.') : "";
    }

    /// <summary>The host of nearly every URL, which needs no parser; empty where one is needed.</summary>
    static ReadOnlySpan<char> PlainHost(ReadOnlySpan<char> url)
    {
        var start = url.StartsWith("https://") ? 8 : url.StartsWith("http://") ? 7 : 0;
        if (start == 0) return [];
        var rest = url[start..];
        var end = rest.IndexOfAny("/?#");
        var host = end < 0 ? rest : rest[..end];
        var isName = host.Length > 0 && !host.ContainsAnyExcept(NameCharacters) && char.IsAsciiLetterLower(host[^1]) && host.IndexOf("xn--") < 0;
        return isName ? host : [];
    }

    static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
}
