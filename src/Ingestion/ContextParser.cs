using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads <c>context</c>: <c>{title?, language?, screen?, timezone?, consent?, app?, library?}</c>.</summary>
static class ContextParser
{
    const int WordLength = 64;

    public static void Parse(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            reader.Read();
            Member(ref reader, name, e);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        }
    }

    static void Member(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, EventDraft e)
    {
        if (name.SequenceEqual("title"u8)) e.Title = EventParser.Text(ref reader, e, EventLimits.TextLength, "title");
        else if (name.SequenceEqual("language"u8)) e.Language = EventParser.Text(ref reader, e, WordLength, "language");
        else if (name.SequenceEqual("screen"u8)) e.Screen = Screen(EventParser.Text(ref reader, e, WordLength, "screen"), e);
        else if (name.SequenceEqual("timezone"u8)) e.TimeZone = EventParser.Text(ref reader, e, WordLength, "timezone");
        else if (name.SequenceEqual("app"u8)) e.App = NameAndVersion(ref reader, e, "app");
        else if (name.SequenceEqual("library"u8)) e.Library = NameAndVersion(ref reader, e, "library");
        else if (name.SequenceEqual("consent"u8)) e.Consent = Consent(ref reader, e);
    }

    static string Screen(string text, EventDraft e)
    {
        var x = text.IndexOf('x', StringComparison.Ordinal);
        if (x is > 0 and < 6 && text.Length - x is > 1 and < 7
            && text.AsSpan(0, x).IndexOfAnyExceptInRange('0', '9') < 0 && text.AsSpan(x + 1).IndexOfAnyExceptInRange('0', '9') < 0) return text;
        if (text.Length > 0) e.Note("screen_invalid");
        return "";
    }

    /// <summary><c>"name/1.0"</c>, or <c>{name, version}</c> joined to it.</summary>
    static string NameAndVersion(ref Utf8JsonReader reader, EventDraft e, string member)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return EventParser.Text(ref reader, e, WordLength, member);
        var (name, version) = ("", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = JsonText.Name(ref reader);
            reader.Read();
            if (part.SequenceEqual("name"u8)) name = EventParser.Text(ref reader, e, WordLength, member);
            else if (part.SequenceEqual("version"u8)) version = EventParser.Text(ref reader, e, WordLength, member);
            reader.Skip();
        }
        return version.Length == 0 ? name : JsonText.Cut($"{name}/{version}", WordLength);
    }

    /// <summary>Categories agreed to: as text, or <c>{analytics: true, ads: false}</c>; <c>none</c> where all are refused.</summary>
    static string Consent(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return EventParser.Text(ref reader, e, WordLength, "consent");
        var agreed = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var category = JsonText.Value(ref reader, WordLength, out _);
            reader.Read();
            if (reader.TokenType == JsonTokenType.True) agreed.Add(category);
            reader.Skip();
        }
        return agreed.Count == 0 ? "none" : JsonText.Cut(string.Join(',', agreed), EventLimits.TextLength);
    }
}
