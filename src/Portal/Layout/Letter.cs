using System.Globalization;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>The sign of a site in lists.</summary>
public static class Letter
{
    /// <returns>The first character as people see it.</returns>
    public static string Of(string name) => name.Length == 0 ? "?" : StringInfo.GetNextTextElement(name);
}
