using System.Text.Json;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

static class DateRangeParser
{
    const string Field = "date_range";

    public static TimeRange Parse(JsonElement body, AuthorizedSite site, DateTime now)
    {
        var value = Json.Field(body, Field) ?? throw new ReportQueryException(Field, "Name a date range.");
        var range = value.ValueKind switch
        {
            JsonValueKind.String => DateRanges.Named(value.GetString()!, site, now),
            JsonValueKind.Array when value.GetArrayLength() == 2 =>
                DateRanges.Between(Json.Text(value[0], Field + "[0]"), Json.Text(value[1], Field + "[1]"), site),
            _ => null,
        };
        return range ?? throw new ReportQueryException(
            Field, "Must be day, 7d, 28d, 30d, 91d, month, 6mo, 12mo, year, all, or two days such as [\"2026-01-01\", \"2026-01-31\"], the earlier first.");
    }
}
