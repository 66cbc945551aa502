using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SaaS.Analytics.Ingestion;

/// <summary><c>{accepted, rejected: [{index, code, message}]}</c>.</summary>
static class BatchAnswer
{
    static readonly byte[] One = """{"accepted":1,"rejected":[]}"""u8.ToArray();

    public static async Task WriteAsync(HttpResponse response, int accepted, List<RejectedEvent> rejected)
    {
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json";
        var body = accepted == 1 && rejected.Count == 0 ? One : Body(accepted, rejected);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    static byte[] Body(int accepted, List<RejectedEvent> rejected)
    {
        if (rejected.Count == 0) return Encoding.UTF8.GetBytes($$"""{"accepted":{{accepted}},"rejected":[]}""");
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteNumber("accepted", accepted);
        json.WriteStartArray("rejected");
        foreach (var r in rejected)
        {
            json.WriteStartObject();
            json.WriteNumber("index", r.Index);
            json.WriteString("code", r.Code);
            json.WriteString("message", r.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenSpan.ToArray();
    }
}
