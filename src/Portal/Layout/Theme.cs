namespace SaaS.Analytics.Portal.Layout;

/// <summary>Light, dark or as the system says; kept in a cookie so that the server renders it and nothing flashes.</summary>
public static class Theme
{
    public const string Cookie = "analytics-theme";

    /// <returns><c>light</c>, <c>dark</c> or null for the system's.</returns>
    public static string? Of(HttpRequest request) => request.Cookies[Cookie] is "light" or "dark" ? request.Cookies[Cookie] : null;

    /// <summary>What the switch changes to: system, light, dark, system.</summary>
    public static string After(string? theme) => theme switch { null => "light", "light" => "dark", _ => "system" };

    public static string Name(string? theme) => theme ?? "system";
}
