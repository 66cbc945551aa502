using System.Globalization;

namespace SaaS.Analytics.Events;

/// <summary>A URL as browsers understand it (https://url.spec.whatwg.org), so that server and browser agree on what a page is.</summary>
/// <param name="Scheme">Lower case, without the colon.</param>
/// <param name="User">Encoded; empty when there is none.</param>
/// <param name="Password">Encoded; empty when there is none.</param>
/// <param name="Host">Domain in lower-case ASCII, or address; null where the scheme knows none (<c>mailto:</c>).</param>
/// <param name="Port">Null where it is the scheme's own.</param>
/// <param name="Path">Encoded, dot segments resolved; begins with a slash unless it is opaque.</param>
/// <param name="Query">Without the question mark; null when there is none.</param>
/// <param name="Fragment">Without the hash; null when there is none.</param>
public sealed record WebUrl(
    string Scheme, string User, string Password, string? Host, int? Port, string Path, string? Query, string? Fragment)
{
    public bool IsSpecial => WebUrlParser.IsSpecial(Scheme);

    /// <summary>The path is no list of segments, as in <c>mailto:</c>.</summary>
    public bool IsOpaque => Host is null && !Path.StartsWith('/');

    public string Href =>
        Scheme + ":" + (Host is null ? Path.StartsWith("//", StringComparison.Ordinal) ? "/." : "" : "//" + Credentials + Host + PortText)
        + Path + (Query is null ? "" : "?" + Query) + (Fragment is null ? "" : "#" + Fragment);

    string Credentials => User.Length + Password.Length == 0 ? "" : (Password.Length == 0 ? User : $"{User}:{Password}") + "@";

    string PortText => Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "";

    /// <param name="text">What the client says.</param>
    /// <param name="relativeTo">What a relative URL is resolved against; null: it must be absolute.</param>
    /// <returns>Null for what is no URL.</returns>
    public static WebUrl? Parse(string text, WebUrl? relativeTo = null) => new WebUrlParser(relativeTo).Parse(text);
}
