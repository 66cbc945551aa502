using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads the native batch <c>{writeKey?, batch: […], sentAt?}</c> in one pass, members in any order, unknown ones left out.</summary>
static class BatchParser
{
    const int MaxDepth = 16;
    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="JsonException">The body is no JSON, or nested deeper than 16.</exception>
    /// <exception cref="MalformedBatchException">It is JSON, but no batch.</exception>
    public static void Parse(ReadOnlySpan<byte> body, BatchDraft draft)
    {
        if (body.StartsWith(ByteOrderMark)) body = body[3..];
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new MalformedBatchException("", "The body must be a JSON object with a member batch.");
        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            reader.Read();
            if (name.SequenceEqual("batch"u8))
            {
                seen = true;
                Events(ref reader, draft);
            }
            else if (name.SequenceEqual("writeKey"u8)) draft.WriteKey = WriteKeyOf(ref reader);
            else if (name.SequenceEqual("sentAt"u8)) draft.SentAt = EventTime.Read(ref reader);
            else reader.Skip();
        }
        // Only now is it known whether something follows the object.
        reader.Read();
        if (!seen) throw new MalformedBatchException("/batch", "The member batch is missing.");
    }

    static void Events(ref Utf8JsonReader reader, BatchDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new MalformedBatchException("/batch", "The member batch must be an array of events.");
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index >= EventLimits.BatchEvents)
            {
                reader.Skip();
                draft.Reject(index, "batch_too_long", $"A batch carries at most {EventLimits.BatchEvents} events.");
            }
            else Event(ref reader, draft, index);
        }
    }

    static void Event(ref Utf8JsonReader reader, BatchDraft draft, int index)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            draft.Reject(index, "not_an_object", "An event must be a JSON object.");
            return;
        }
        var e = draft.Next(index);
        EventParser.Parse(ref reader, e);
        if (e.Name.Length == 0) draft.Reject(index, "name_missing", "An event needs a name of 1 to 120 characters.");
        else draft.Keep();
    }

    static string WriteKeyOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) throw new MalformedBatchException("/writeKey", "The write key must be a string.");
        return JsonText.Value(ref reader, EventLimits.TextLength, out _);
    }
}
