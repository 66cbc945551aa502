using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>A column of exported events.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Sql">As it is read.</param>
public sealed record ExportColumn(string Name, string Sql)
{
    /// <summary>Else it is a text.</summary>
    public bool IsNumber { get; init; }

    /// <summary>A text, a number, or null.</summary>
    public object? Value(object? read) => read switch
    {
        null or DBNull => null,
        _ when IsNumber => Convert.ToDouble(read, CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset => ExportColumns.Utc(read).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(read, CultureInfo.InvariantCulture),
    };
}

/// <summary>What is exported of an event, in order. Ids of 64 bits are texts: many programs know no whole number of that size.</summary>
public static class ExportColumns
{
    public static IReadOnlyList<ExportColumn> All { get; } =
    [
        new("timestamp", "e.timestamp"), new("event_id", "e.event_id"), new("received_at", "e.received_at"), Text("name"),
        new("visitor_id", "toString(e.visitor_id)"), new("visitor_mode", "toString(e.visitor_mode)"), new("visit_id", "toString(e.visit_id)"), Text("user_id"),
        .. Texts("hostname", "path", "query", "fragment", "scheme", "title", "referrer", "referrer_host"),
        new("props", "toJSONString(e.props)"),
        Number("revenue"), Text("currency"), Number("interactive"), Number("engagement_ms"), Number("scroll_depth"),
        .. Texts("ad_id", "ad_campaign_id", "ad_placement", "source", "source_category", "channel", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "click_id"),
        .. Texts("country", "region", "city", "browser", "browser_version", "os", "os_version", "device_type", "device_brand", "device_model", "language", "screen"),
        .. Texts("visitor_time_zone", "app", "library", "consent"),
        Number("bot_score"), .. Texts("bot_name", "bot_reasons", "notes"),
    ];

    internal static DateTime Utc(object value) => value is DateTimeOffset offset ? offset.UtcDateTime : DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc);

    static ExportColumn Text(string name) => new(name, $"toString(e.{name})");

    static ExportColumn Number(string name) => new(name, $"e.{name}") { IsNumber = true };

    static IEnumerable<ExportColumn> Texts(params string[] names) => names.Select(Text);
}
