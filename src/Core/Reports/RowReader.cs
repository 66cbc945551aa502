using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>From what the store returned to rows; a time series gets every bucket it lacks.</summary>
static class RowReader
{
    public static List<ReportRow> Read(ReportQuery query, IReadOnlyList<object[]> rows)
    {
        var calendar = query.Calendar;
        var read = rows.Select(r => Row(query, r, calendar)).ToList();
        return query.Series is { } bucket && query.OrderBy.Count == 0 && query.Offset == 0 && query.Limit == ReportQuery.MostRows
            ? Fill(query, bucket, calendar, read)
            : read;
    }

    static ReportRow Row(ReportQuery query, object[] row, Calendar calendar)
    {
        var count = query.Dimensions.Count;
        DateTime? at = null;
        var dimensions = query.Dimensions.Select((d, i) =>
        {
            if (d.Bucket is not { } bucket) return row[i] is string { Length: > 0 } text ? text : d.Empty;
            var number = Convert.ToInt64(row[i], CultureInfo.InvariantCulture);
            at = Buckets.Start(number, bucket, calendar);
            return Buckets.Label(number, bucket, calendar);
        }).ToList();
        return new ReportRow(dimensions, [.. query.Metrics.Select((_, i) => Number(row[count + i]))]) { At = at };
    }

    static double? Number(object value) => value is null or DBNull ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    static List<ReportRow> Fill(ReportQuery query, TimeBucket bucket, Calendar calendar, List<ReportRow> rows)
    {
        var found = rows.Select(r => r.At).ToHashSet();
        var nothing = query.Metrics.Select(m => m.Nothing).ToList();
        var missing = Buckets.In(query.Range, bucket, calendar)
            .Select(b => new ReportRow([Buckets.Label(b, bucket, calendar)], nothing) { At = Buckets.Start(b, bucket, calendar) })
            .Where(r => !found.Contains(r.At));
        return [.. rows.Concat(missing).OrderBy(r => r.At)];
    }
}
