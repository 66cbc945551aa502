using System.Text;

namespace SaaS.Analytics.Data;

/// <summary>Foreign text as PostgreSQL takes it: without NUL and lone surrogates, and cut.</summary>
public static class StoredText
{
    public static string Of(string? text, int maxLength = 4000)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var cut = text.Length > maxLength ? text[..maxLength] : text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)).Replace('\0', '\uFFFD');
    }

    /// <summary>JSON that may hold foreign text, as a jsonb column takes it: an escaped NUL is the one thing it refuses.</summary>
    public static string Json(string json) => json.Replace("\\u0000", "\\uFFFD", StringComparison.Ordinal);
}
