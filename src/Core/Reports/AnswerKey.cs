using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Reports;

/// <summary>Under what an answer is kept: what is read and shown, and of which state of the data.</summary>
static class AnswerKey
{
    public static string Of(ReportQuery query, Plan plan, SiteFacts facts)
    {
        var text = new StringBuilder(plan.Sql);
        foreach (var p in plan.Parameters) text.Append('\n').Append(p.Name).Append('=').Append(string.Format(CultureInfo.InvariantCulture, "{0}", p.Value));
        text.Append('\n').AppendJoin(',', query.Dimensions.Select(d => d.Key)).Append('|').AppendJoin(',', query.Metrics.Select(m => m.Key));
        text.Append('|').Append(query.TimeZone).Append('|').Append(query.Range.From.Ticks).Append('|').Append(query.Range.To.Ticks);
        if (IsClosed(query, facts)) text.Append('|').AppendJoin(',', Days(query).Select(d => facts.Built[d].Build));
        return "report:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>All of its days are built and have not changed since: a change makes another build, and so another key.</summary>
    public static bool IsClosed(ReportQuery query, SiteFacts facts) => facts.Built.Count > 0 && Days(query).All(facts.Built.ContainsKey);

    static IEnumerable<DateOnly> Days(ReportQuery query)
    {
        var calendar = new Calendar(query.Site.TimeZone);
        var last = calendar.Day(query.Range.To.AddTicks(-1));
        for (var day = calendar.Day(query.Range.From); day <= last; day = day.AddDays(1)) yield return day;
    }
}
