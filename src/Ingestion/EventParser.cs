using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads one event of the native batch. A member of the wrong type is left out with a note.</summary>
static class EventParser
{
    const int IdLength = 200;

    public static void Parse(ref Utf8JsonReader reader, EventDraft e)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            reader.Read();
            if (!Member(ref reader, name, e)) reader.Skip();
        }
        KnownProps.Lift(e);
    }

    static bool Member(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, EventDraft e)
    {
        if (name.SequenceEqual("id"u8)) Id(ref reader, e);
        else if (name.SequenceEqual("name"u8)) e.Name = NameOf(ref reader, e);
        else if (name.SequenceEqual("timestamp"u8)) Timestamp(ref reader, e);
        else if (name.SequenceEqual("url"u8)) e.Url = Text(ref reader, e, EventLimits.UrlLength, "url");
        else if (name.SequenceEqual("referrer"u8)) e.Referrer = Text(ref reader, e, EventLimits.UrlLength, "referrer");
        else if (name.SequenceEqual("visitorId"u8)) e.VisitorId = Text(ref reader, e, IdLength, "visitor_id");
        else if (name.SequenceEqual("userId"u8)) e.UserId = Text(ref reader, e, IdLength, "user_id");
        else if (name.SequenceEqual("userSignature"u8)) e.UserSignature = Text(ref reader, e, IdLength, "user_signature");
        else if (name.SequenceEqual("props"u8)) PropsParser.Parse(ref reader, e);
        else if (name.SequenceEqual("revenue"u8)) RevenueParser.Parse(ref reader, e);
        else if (name.SequenceEqual("interactive"u8)) e.Interactive = reader.TokenType != JsonTokenType.False;
        else if (name.SequenceEqual("context"u8)) ContextParser.Parse(ref reader, e);
        else return false;
        // A scalar is consumed already; what is left of a wrong type is an object or array not entered.
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        return true;
    }

    /// <summary>Strings and numbers as text, null as nothing; anything else is left out with a note.</summary>
    public static string Text(ref Utf8JsonReader reader, EventDraft e, int maxLength, string member)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Number:
                var text = JsonText.Value(ref reader, maxLength, out var cut);
                if (cut) e.Note(member + "_cut");
                return text;
            case JsonTokenType.Null:
                return "";
            default:
                e.Note(member + "_invalid");
                return "";
        }
    }

    static string NameOf(ref Utf8JsonReader reader, EventDraft e)
    {
        // Nearly every event is one of these two.
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            if (reader.ValueSpan.SequenceEqual("pageview"u8)) return EventNames.PageView;
            if (reader.ValueSpan.SequenceEqual("engagement"u8)) return EventNames.Engagement;
        }
        return reader.TokenType == JsonTokenType.String ? Text(ref reader, e, EventLimits.NameLength, "name").Trim() : "";
    }

    static void Id(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.TryGetGuid(out var id)) e.Id = id;
        else e.ForeignId = Text(ref reader, e, IdLength, "id");
    }

    static void Timestamp(ref Utf8JsonReader reader, EventDraft e)
    {
        e.Timestamp = EventTime.Read(ref reader);
        if (e.Timestamp is null && reader.TokenType != JsonTokenType.Null) e.Note("timestamp_invalid");
    }
}
