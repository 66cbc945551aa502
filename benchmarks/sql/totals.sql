-- The six numbers on top of the overview.
SELECT uniqCombined64Merge(19)(n), sum(started), sum(viewed), sum(viewed) / sum(started), 100 * sum(bounced) / sum(started), sum(lasted) / 1000 / sum(started)
FROM
(
    SELECT visitors AS n, started, pageviews AS viewed, bounces AS bounced, lasted_ms AS lasted FROM rollups
    WHERE site_id = {site} AND grain = 0 AND dimension = '' AND day >= '{first}' AND day <= '{last}' AND (day, build) IN ({builds})
    UNION ALL
    SELECT uniqCombined64StateIf(19)(visitor_id, name != 'engagement'), toUInt64(0), countIf(name IN ('pageview', 'screenview')), toUInt64(0), toUInt64(0) FROM events
    WHERE site_id = {site} AND timestamp >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({raw_to}, 'UTC') AND bot_score < 50
    UNION ALL
    SELECT uniqCombined64StateIf(19)(toUInt64(0), 0), count(), toUInt64(0), countIf(pageviews < 2 AND interactive_events = 0 AND engagement_ms < 10000), sum(toUInt64(greatest(0, dateDiff('millisecond', start, end)))) FROM visits FINAL
    WHERE site_id = {site} AND first_received_at >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND start >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND start < fromUnixTimestamp64Milli({raw_to}, 'UTC') AND merged_into = 0 AND bot_score < 50
)
