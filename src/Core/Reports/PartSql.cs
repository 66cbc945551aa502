using SaaS.Analytics.Store;

namespace SaaS.Analytics.Reports;

/// <summary>How a part is counted in an arm and added up over the arms.</summary>
sealed class PartSql(ReportQuery query, Reading reading, SqlParameters parameters)
{
    public string Counted(Part part) => Fill(part.DistinctWhere is not { } where ? part.Sql
        : reading.ByStates ? States.Of(part.Sql, where)
        : $"uniqExactIf({part.Sql}, {where})");

    public string Zero(Part part) => part.IsDistinct && reading.ByStates ? States.Nothing : part.Zero;

    /// <summary>Over all arms; a sample stands for the rest.</summary>
    public string Added(Part part)
    {
        var added = part.IsDistinct && reading.ByStates ? States.Merged(part.Column) : $"sum({part.Column})";
        return reading.Sampled ? $"({Reading.SampleOf} * {added})" : added;
    }

    string Fill(string sql)
    {
        if (sql.Contains("$clickers")) sql = sql.Replace("$clickers", Clickers(), StringComparison.Ordinal);
        if (sql.Contains("$zone")) sql = sql.Replace("$zone", parameters.Add("zone", "String", query.TimeZone), StringComparison.Ordinal);
        return !sql.Contains("$bounce_ms") ? sql
            : sql.Replace("$bounce_ms", parameters.Add("bounce_ms", "UInt64", query.Site.BounceSeconds * 1000L), StringComparison.Ordinal);
    }

    /// <summary>Who has hit which ad in which month often enough, over whole months whatever the range and the filters.</summary>
    string Clickers()
    {
        var calendar = query.Calendar;
        var (first, last) = (calendar.Day(query.Range.From), calendar.Day(query.Range.To.AddTicks(-1)));
        var from = calendar.Start(new DateOnly(first.Year, first.Month, 1));
        var to = calendar.Start(new DateOnly(last.Year, last.Month, 1).AddMonths(1));
        return $"SELECT c.visitor_id, c.ad_id, toStartOfMonth(toDate(c.timestamp, $zone)) AS month FROM events AS c WHERE c.site_id = {parameters.Add("site", "UInt32", query.Site.Id)} AND c.{EventColumns.Counts}"
            + $" AND c.timestamp >= {parameters.Time("months_from", from)} AND c.timestamp < {parameters.Time("months_to", to)}"
            + $" AND c.name = 'ad_click' AND c.visitor_mode = 'consented' AND c.bot_score < {Store.EventRow.BotThreshold} GROUP BY c.visitor_id, c.ad_id, month HAVING count() >= {HitsOfAClicker}";
    }

    /// <summary>From this hit on a visitor's hits on an ad are clicks.</summary>
    const int HitsOfAClicker = 3;
}
