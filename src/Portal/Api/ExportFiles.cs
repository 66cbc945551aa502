using System.Text.Json;
using Parquet;
using Parquet.Schema;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary>Exported events as files.</summary>
static class ExportFiles
{
    const string Props = "props";

    /// <summary>One JSON object a line, the earliest event first: what was cut off goes on after its last line.</summary>
    public static async Task WriteLinesAsync(IAsyncEnumerable<IReadOnlyList<object?[]>> pages, Stream stream)
    {
        await foreach (var page in pages)
        {
            using var lines = new MemoryStream();
            foreach (var row in page)
            {
                WriteLine(lines, row);
                lines.WriteByte((byte)'\n');
            }
            lines.Position = 0;
            await lines.CopyToAsync(stream);
        }
    }

    static void WriteLine(Stream lines, object?[] row)
    {
        using var json = new Utf8JsonWriter(lines);
        json.WriteStartObject();
        foreach (var (i, column) in ExportColumns.All.Index())
        {
            json.WritePropertyName(column.Name);
            if (row[i] is double number) json.WriteNumberValue(number);
            else if (column.Name == Props) json.WriteRawValue((string)row[i]!);
            else json.WriteStringValue((string?)row[i]);
        }
        json.WriteEndObject();
    }

    /// <summary>A row group for each page; texts as strings, numbers as doubles that may be null, properties as JSON.</summary>
    public static async Task WriteParquetAsync(IAsyncEnumerable<IReadOnlyList<object?[]>> pages, Stream stream)
    {
        var fields = ExportColumns.All.Select(c => new DataField(c.Name, c.IsNumber ? typeof(double) : typeof(string), isNullable: c.IsNumber)).ToList();
        // Its footer tells positions, which the stream of an answer does not have; a day may be more than memory should hold.
        await using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Truncate, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields]), file))
        {
            await foreach (var page in pages) await WriteGroupAsync(writer, fields, page);
        }
        file.Position = 0;
        await file.CopyToAsync(stream);
    }

    static async Task WriteGroupAsync(ParquetWriter writer, List<DataField> fields, IReadOnlyList<object?[]> page)
    {
        using var group = writer.CreateRowGroup();
        for (var i = 0; i < fields.Count; i++)
        {
            if (ExportColumns.All[i].IsNumber) await group.WriteAsync<double>(fields[i], page.Select(r => (double?)r[i]).ToArray().AsMemory());
            else await group.WriteAsync(fields[i], page.Select(r => (string?)r[i] ?? "").ToArray());
        }
        group.CompleteValidate();
    }
}
