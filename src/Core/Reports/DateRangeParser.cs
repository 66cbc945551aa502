using System.Text.Json;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

static class DateRangeParser
{
    const string Field = "date_range";

    public static TimeRange Parse(JsonElement body, AuthorizedSite site, string zone, DateTime now) =>
        Range(Json.Field(body, Field) ?? throw new ReportQueryException(Field, "Name a date range."), Field, site, zone, now);

    public static TimeRange Range(JsonElement value, string field, AuthorizedSite site, string zone, DateTime now)
    {
        var range = value.ValueKind switch
        {
            JsonValueKind.String => DateRanges.Named(value.GetString()!, site, now, zone),
            JsonValueKind.Array when value.GetArrayLength() == 2 =>
                DateRanges.Between(Json.Text(value[0], field + "[0]"), Json.Text(value[1], field + "[1]"), site, zone),
            _ => null,
        };
        return range ?? throw new ReportQueryException(
            field, "Must be day, 24h, 7d, 28d, 30d, 91d, month, 6mo, 12mo, year, all, or two days such as [\"2026-01-01\", \"2026-01-31\"], the earlier first.");
    }

    /// <summary>The zone that the query names, else the site's own.</summary>
    public static string Zone(JsonElement body, AuthorizedSite site)
    {
        const string field = "timezone";
        if (Json.Field(body, field) is not { } value) return site.TimeZone;
        var zone = Json.Text(value, field);
        return (zone.Contains('/') || zone == "UTC") && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId
            ? zone
            : throw new ReportQueryException(field, $"There is no IANA time zone '{zone}'. Europe/Berlin is one.");
    }
}
