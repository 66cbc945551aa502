using System.Globalization;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Reports;

/// <summary>Which channels, sources, campaigns, countries, pages and devices a change of a site's number is made of; for alert rules, whose readers may see the site.</summary>
public sealed class ChangeParts(ReportStore store)
{
    /// <summary>What explains less of a change than this is not worth a line.</summary>
    const double LeastShare = 0.2;
    const int MostParts = 4;
    const int MostRows = 60;
    const string Dimensions = "[('Channel', toString(channel)), ('Source', toString(source)), ('Campaign', toString(utm_campaign)), ('Country', toString(country)), ('Page', path), ('Device', toString(device_type))]";

    /// <param name="siteId">The site.</param>
    /// <param name="metric">As in the rule; <paramref name="eventName"/> where it counts one event.</param>
    /// <param name="eventName">See there.</param>
    /// <param name="now">The time that differs.</param>
    /// <param name="usual">The times it is compared with.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The value of each dimension that explains most, those that explain most first.</returns>
    public async Task<IReadOnlyList<ReadingPart>> ReadAsync(
        int siteId, string metric, string eventName, (DateTime From, DateTime To) now, IReadOnlyList<(DateTime From, DateTime To)> usual, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var isNow = $"timestamp >= {p.Time("from", now.From)}";
        var sql = $"""
            SELECT arrayJoin({Dimensions}) AS part, toFloat64({Count(p, metric, eventName, isNow)}) AS now, {Count(p, metric, eventName, $"NOT {isNow}")} / {usual.Count} AS usual
            FROM events WHERE site_id = {p.Add("site", "UInt32", siteId)} AND {EventColumns.Counts} AND bot_score < {EventRow.BotThreshold}
              AND ({string.Join(" OR ", usual.Append(now).Select((t, n) => $"timestamp >= {p.Time($"from{n}", t.From)} AND timestamp < {p.Time($"to{n}", t.To)}"))})
            GROUP BY part ORDER BY abs(now - usual) DESC LIMIT {MostRows}
            """;
        sql = $"SELECT part.1, part.2, now, usual FROM ({sql})";
        var rows = await store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), p.All, "raw"), cancel);
        return Chosen([.. rows.Select(r => new ReadingPart((string)r[0], (string)r[1], Number(r[2]), Number(r[3])))]);
    }

    static IReadOnlyList<ReadingPart> Chosen(List<ReadingPart> parts)
    {
        var total = parts.Where(p => p.Name == "Device").Sum(p => p.Now - p.Usual);
        double Share(ReadingPart part) => total == 0 ? 0 : (part.Now - part.Usual) / total;
        return [.. parts.Where(p => p.Value.Length > 0 && Share(p) >= LeastShare).GroupBy(p => p.Name).Select(g => g.MaxBy(Share)!).OrderByDescending(Share).Take(MostParts)];
    }

    static string Count(SqlParameters p, string metric, string eventName, string when) => metric switch
    {
        "visitors" => $"uniqExactIf(visitor_id, name != 'engagement' AND {when})",
        "visits" => $"uniqExactIf(visit_id, visit_id != 0 AND name != 'engagement' AND {when})",
        "events" => $"countIf(name != 'engagement' AND {when})",
        "event_count" => $"countIf(name = {p.Add("event", "String", eventName)} AND {when})",
        _ => $"countIf(name IN ('pageview', 'screenview') AND {when})",
    };

    static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
