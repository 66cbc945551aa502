using System.Text;
using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads <c>props</c>: scalars as text, arrays of scalars joined by a comma, nulls and objects left out; a repeated key keeps its last value.</summary>
static class PropsParser
{
    public static void Parse(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            e.Note("props_invalid");
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = JsonText.Value(ref reader, EventLimits.PropKeyLength, out var cut);
            if (cut) e.Note("prop_key_cut");
            reader.Read();
            if (Value(ref reader, e) is { } value) Set(e, key, value);
        }
    }

    static void Set(EventDraft e, string key, string value)
    {
        var known = e.Props.FindIndex(p => p.Key == key);
        if (known >= 0) e.Props[known] = new(key, value);
        else if (e.Props.Count < EventLimits.Props) e.Props.Add(new(key, value));
        else e.Note("props_cut");
    }

    /// <returns>Null where nothing is to be kept.</returns>
    static string? Value(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType == JsonTokenType.StartArray) return Joined(ref reader, e);
        if (Scalar(ref reader, e) is { } value) return value;
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        reader.Skip();
        e.Note("prop_invalid");
        return null;
    }

    static string? Scalar(ref Utf8JsonReader reader, EventDraft e)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True: return "true";
            case JsonTokenType.False: return "false";
            case JsonTokenType.String or JsonTokenType.Number:
                var value = JsonText.Value(ref reader, EventLimits.PropValueLength, out var cut);
                if (cut) e.Note("prop_value_cut");
                return value;
            default: return null;
        }
    }

    static string Joined(ref Utf8JsonReader reader, EventDraft e)
    {
        var joined = new StringBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Scalar(ref reader, e) is { } item)
            {
                if (joined.Length <= EventLimits.PropValueLength) joined.Append(joined.Length > 0 ? ", " : "").Append(item);
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                reader.Skip();
                e.Note("prop_invalid");
            }
        }
        if (joined.Length > EventLimits.PropValueLength) e.Note("prop_value_cut");
        return JsonText.Cut(joined.ToString(), EventLimits.PropValueLength);
    }
}
