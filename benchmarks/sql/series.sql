-- Visitors over time: {bucket} over days, {raw_bucket} over events.
SELECT at, uniqCombined64Merge(19)(n)
FROM
(
    SELECT {bucket} AS at, visitors AS n FROM rollups
    WHERE site_id = {site} AND grain = 0 AND dimension = '' AND day >= '{first}' AND day <= '{last}' AND (day, build) IN ({builds})
    UNION ALL
    SELECT {raw_bucket} AS at, uniqCombined64StateIf(19)(visitor_id, name != 'engagement') FROM events
    WHERE site_id = {site} AND timestamp >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({raw_to}, 'UTC') AND bot_score < 50 GROUP BY at
)
GROUP BY at ORDER BY at
