namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>
/// The engine formats every chunk of a streamed result as a document of its own. In some formats documents can
/// simply follow each other, in some the later ones must lose their header, and the others cannot be streamed.
/// </summary>
internal static class RepeatedHeader
{
    private delegate int Measure(ReadOnlySpan<byte> chunk);

    private static readonly Dictionary<string, Measure> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RowBinary"] = None, ["Native"] = None, ["JSONEachRow"] = None, ["JSONLines"] = None, ["NDJSON"] = None,
        ["JSONCompactEachRow"] = None, ["CSV"] = None, ["TabSeparated"] = None, ["TSV"] = None, ["RawBLOB"] = None,
        ["TabSeparatedRaw"] = None, ["TSVRaw"] = None, ["TSKV"] = None, ["LineAsString"] = None,
        ["RowBinaryWithNames"] = chunk => Binary(chunk, 1),
        ["RowBinaryWithNamesAndTypes"] = chunk => Binary(chunk, 2),
        ["CSVWithNames"] = chunk => Lines(chunk, 1), ["CSVWithNamesAndTypes"] = chunk => Lines(chunk, 2),
        ["TabSeparatedWithNames"] = chunk => Lines(chunk, 1), ["TSVWithNames"] = chunk => Lines(chunk, 1),
        ["TabSeparatedWithNamesAndTypes"] = chunk => Lines(chunk, 2), ["TSVWithNamesAndTypes"] = chunk => Lines(chunk, 2),
    };

    public static bool CanStream(string format) => Formats.ContainsKey(format);

    /// <summary>Bytes at the beginning of a later chunk that only repeat the first one's header.</summary>
    public static int Length(string format, ReadOnlySpan<byte> chunk) => Formats[format](chunk);

    private static int None(ReadOnlySpan<byte> chunk) => 0;

    private static int Binary(ReadOnlySpan<byte> chunk, int textsPerColumn)
    {
        var position = 0;
        for (var texts = Number(chunk, ref position) * textsPerColumn; texts > 0; texts--)
        {
            var length = Number(chunk, ref position);
            position += length;
        }

        return position;
    }

    private static int Number(ReadOnlySpan<byte> chunk, ref int position)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = chunk[position++];
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    private static int Lines(ReadOnlySpan<byte> chunk, int lines)
    {
        var quoted = false;
        for (var position = 0; position < chunk.Length; position++)
        {
            quoted ^= chunk[position] == '"';
            if (chunk[position] == '\n' && !quoted && --lines == 0)
                return position + 1;
        }

        return chunk.Length;
    }
}
