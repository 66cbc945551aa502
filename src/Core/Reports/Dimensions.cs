namespace SaaS.Analytics.Reports;

/// <summary>Every dimension; a new one is a line here.</summary>
public static class Dimensions
{
    public const string Page = "event:page";
    public const string IsBot = "event:is_bot";
    public const string Currency = "event:currency";
    public const string BotName = "event:bot_name";
    const string ScreenWidth = "toUInt32OrZero(splitByChar('x', toString(v.screen))[1])";
    const string PropertyPrefix = "event:props:";
    const int LongestProperty = 300;

    public static IReadOnlyList<Dimension> All { get; } =
    [
        new(Page, DimensionScope.Event, "e.path") { EntrySql = "v.entry_path", ExitSql = "v.exit_path" },
        new("event:hostname", DimensionScope.Event, "e.hostname") { EntrySql = "v.entry_hostname", ExitSql = "v.exit_hostname" },
        new("event:title", DimensionScope.Event, "e.title"),
        new("event:name", DimensionScope.Event, "e.name"),
        new("event:scroll_depth", DimensionScope.Event, "toString(intDiv(e.scroll_depth, 5) * 5)"),
        new("event:ad", DimensionScope.Event, "e.ad_id"),
        new("event:ad_campaign", DimensionScope.Event, "e.ad_campaign_id"),
        new("event:ad_placement", DimensionScope.Event, "e.ad_placement"),
        new(Currency, DimensionScope.Event, "e.currency"),
        new(IsBot, DimensionScope.Event, $"if(e.bot_score >= {Store.EventRow.BotThreshold}, 'true', 'false')"),
        new(BotName, DimensionScope.Event, "e.bot_name") { EntrySql = "v.bot_name" },
        new("visit:source", DimensionScope.Visit, "v.source") { Empty = "Direct / None" },
        new("visit:source_category", DimensionScope.Visit, "v.source_category"),
        new("visit:channel", DimensionScope.Visit, "v.channel"),
        new("visit:referrer", DimensionScope.Visit, "v.referrer") { Empty = "Direct / None" },
        new("visit:referrer_host", DimensionScope.Visit, "v.referrer_host") { Empty = "Direct / None" },
        new("visit:utm_source", DimensionScope.Visit, "v.utm_source"),
        new("visit:utm_medium", DimensionScope.Visit, "v.utm_medium"),
        new("visit:utm_campaign", DimensionScope.Visit, "v.utm_campaign"),
        new("visit:utm_term", DimensionScope.Visit, "v.utm_term"),
        new("visit:utm_content", DimensionScope.Visit, "v.utm_content"),
        new("visit:click_id", DimensionScope.Visit, "v.click_id"),
        new("visit:entry_page", DimensionScope.Visit, "v.entry_path"),
        new("visit:exit_page", DimensionScope.Visit, "v.exit_path"),
        new("visit:entry_page_hostname", DimensionScope.Visit, "v.entry_hostname"),
        new("visit:exit_page_hostname", DimensionScope.Visit, "v.exit_hostname"),
        new("visit:country", DimensionScope.Visit, "v.country"),
        new("visit:country_name", DimensionScope.Visit, CountryNames.Sql("v.country")),
        new("visit:region", DimensionScope.Visit, "v.region"),
        new("visit:region_name", DimensionScope.Visit, "v.region"),
        new("visit:city", DimensionScope.Visit, "v.city"),
        new("visit:city_name", DimensionScope.Visit, "v.city"),
        new("visit:device", DimensionScope.Visit, "v.device_type"),
        new("visit:device_brand", DimensionScope.Visit, "v.device_brand"),
        new("visit:device_model", DimensionScope.Visit, "v.device_model"),
        new("visit:browser", DimensionScope.Visit, "v.browser"),
        new("visit:browser_version", DimensionScope.Visit, "v.browser_version"),
        new("visit:os", DimensionScope.Visit, "v.os"),
        new("visit:os_version", DimensionScope.Visit, "v.os_version"),
        new("visit:language", DimensionScope.Visit, "v.language"),
        new("visit:screen", DimensionScope.Visit, "v.screen"),
        new("visit:screen_class", DimensionScope.Visit, $"multiIf(v.screen = '', '', {ScreenWidth} < 576, 'phone', {ScreenWidth} < 992, 'tablet', {ScreenWidth} < 1440, 'laptop', 'desktop')"),
        new("visitor:type", DimensionScope.Visit, "if(v.visit_number > 1, 'returning', 'new')"),
        new("visitor:visit_number", DimensionScope.Visit, "toString(v.visit_number)"),
        new("visitor:user_id", DimensionScope.Visit, "v.user_id"),
        new("time:minute", DimensionScope.Time, "toInt64(toUnixTimestamp(toStartOfMinute($at, $zone)))") { Bucket = TimeBucket.Minute },
        new("time:15min", DimensionScope.Time, "toInt64(intDiv(toUnixTimestamp($at), 900) * 900)") { Bucket = TimeBucket.QuarterHour },
        new("time:hour", DimensionScope.Time, "toInt64(toUnixTimestamp(toStartOfHour($at, $zone)))") { Bucket = TimeBucket.Hour },
        new("time:day", DimensionScope.Time, "toInt64(toDate($at, $zone))") { Bucket = TimeBucket.Day },
        new("time:week", DimensionScope.Time, "toInt64(toMonday(toDate($at, $zone)))") { Bucket = TimeBucket.Week },
        new("time:month", DimensionScope.Time, "toInt64(toStartOfMonth(toDate($at, $zone)))") { Bucket = TimeBucket.Month },
        new("time:hour_of_week", DimensionScope.Time, "concat(toString(toDayOfWeek($at, 0, $zone)), ' ', leftPad(toString(toHour($at, $zone)), 2, '0'), ':00')"),
    ];

    static readonly Dictionary<string, Dimension> ByKey = All.ToDictionary(d => d.Key);

    public static Dimension? Find(string key) => ByKey.GetValueOrDefault(key) ?? OfProperty(key);

    /// <exception cref="KeyNotFoundException">No such dimension.</exception>
    public static Dimension Get(string key) => ByKey[key];

    public static Dimension OfTime(TimeBucket bucket) => All.Single(d => d.Bucket == bucket);

    static Dimension? OfProperty(string key)
    {
        if (!key.StartsWith(PropertyPrefix, StringComparison.Ordinal)) return null;
        var property = key[PropertyPrefix.Length..];
        return property.Length is 0 or > LongestProperty
            ? null
            : new(key, DimensionScope.Event, "e.props[$prop]") { Property = property };
    }
}
