using Parquet;
using Parquet.Schema;

namespace SaaS.Analytics.Portal.Api;

/// <summary>A table as Apache Parquet: one row group, texts as strings, numbers as doubles that may be null.</summary>
static class ParquetTable
{
    public static async Task WriteAsync(ResultTable table, Stream stream)
    {
        var texts = table.Texts.Select(name => new DataField(name, typeof(string), isNullable: false)).ToList();
        var numbers = table.Numbers.Select(name => new DataField(name, typeof(double), isNullable: true)).ToList();
        // Its footer tells positions, which the stream of an answer does not have.
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. texts, .. numbers]), file))
        {
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < texts.Count; i++)
                await group.WriteAsync(texts[i], table.Rows.Select(r => r.Texts[i]).ToArray());
            for (var i = 0; i < numbers.Count; i++)
                await group.WriteAsync<double>(numbers[i], table.Rows.Select(r => r.Numbers[i]).ToArray().AsMemory());
            group.CompleteValidate();
        }
        file.Position = 0;
        await file.CopyToAsync(stream);
    }
}
