using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SaaS.Analytics.Reports;

/// <summary>Under what an answer is kept: what is read and shown, and of which state of the data.</summary>
static class AnswerKey
{
    /// <param name="query">The question.</param>
    /// <param name="plan">What is read.</param>
    /// <param name="facts">The state of the site's days.</param>
    /// <param name="pulse">What was last heard of the site; plays no part for closed days.</param>
    public static string Of(ReportQuery query, Plan plan, SiteFacts facts, string pulse)
    {
        var text = new StringBuilder(plan.Sql);
        foreach (var p in plan.Parameters) text.Append('\n').Append(p.Name).Append('=').Append(string.Format(CultureInfo.InvariantCulture, "{0}", p.Value));
        text.Append('\n').AppendJoin(',', query.Dimensions.Select(d => d.Key)).Append('|').AppendJoin(',', query.Metrics.Select(m => m.Key));
        text.Append('|').Append(query.TimeZone).Append('|').Append(query.Range.From.Ticks).Append('|').Append(query.Range.To.Ticks);
        text.Append('|');
        if (IsClosed(query, facts)) text.AppendJoin(',', Days(query).Select(d => facts.Built[d].Build));
        else text.Append("heard ").Append(pulse);
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
