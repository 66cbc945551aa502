namespace SaaS.Analytics.Reports;

/// <summary>The arm of a query that reads rollups: rows of one dimension, of the builds that hold.</summary>
sealed class RollupSql(ReportQuery query, RollupReading reading, SqlParameters parameters)
{
    public string Arm(IReadOnlyList<Part> parts)
    {
        var dimensions = query.Dimensions.Select((d, i) => $"{Column(d)} AS d{i}");
        var counted = parts.Select(p => $"r.{p.Stored} AS {p.Column}");
        return $"SELECT {string.Join(", ", [.. dimensions, .. counted])}\nFROM rollups AS r\nWHERE {string.Join(" AND ", Conditions())}";
    }

    IEnumerable<string> Conditions()
    {
        yield return $"r.site_id = {parameters.Add("site", "UInt32", query.Site.Id)}";
        yield return $"r.grain = {(int)reading.Grain}";
        yield return $"r.dimension = {parameters.Text(RolledDimensions.KeyOf(query) ?? "")}";
        yield return $"r.day >= {Number(reading.Days[0].Day)} AND r.day <= {Number(reading.Days[^1].Day)}";
        yield return $"(r.day, r.build) IN ({string.Join(',', reading.Days.Select(d => $"({Number(d.Day)},{d.Build})"))})";
        if (reading.Grain == RollupGrain.QuarterHour)
            yield return $"r.at >= {Second("rolled_from", reading.Range.From)} AND r.at < {Second("rolled_to", reading.Range.To)}";
        var filter = new FilterSql(_ => "r.value", "", _ => throw new InvalidOperationException("Rollups know no visitors."), parameters);
        foreach (var one in query.Filters) yield return filter.Of(one);
    }

    string Column(Dimension dimension) => dimension.Bucket switch
    {
        null when dimension.Scope != DimensionScope.Time => "r.value",
        TimeBucket.Day when reading.Grain == RollupGrain.Day => "toInt64(r.day)",
        TimeBucket.Week when reading.Grain == RollupGrain.Day => "toInt64(toMonday(r.day))",
        TimeBucket.Month when reading.Grain == RollupGrain.Day => "toInt64(toStartOfMonth(r.day))",
        _ => dimension.Sql.Replace("$at", "r.at", StringComparison.Ordinal)
            .Replace("$zone", parameters.Add("zone", "String", query.TimeZone), StringComparison.Ordinal),
    };

    /// <summary>Days since 1970.</summary>
    static string Number(DateOnly day) => $"toDate({day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber})";

    string Second(string name, DateTime at) =>
        $"toDateTime({parameters.Add(name, "Int64", new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds())}, 'UTC')";
}
