-- The nine values of a column of events with the most visitors.
SELECT value, uniqCombined64Merge(19)(n) AS visitors
FROM
(
    SELECT value, visitors AS n FROM rollups
    WHERE site_id = {site} AND grain = 0 AND dimension = '{dimension}' AND day >= '{first}' AND day <= '{last}' AND (day, build) IN ({builds})
    UNION ALL
    SELECT {column} AS value, uniqCombined64StateIf(19)(visitor_id, name != 'engagement') FROM events
    WHERE site_id = {site} AND timestamp >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({raw_to}, 'UTC') AND bot_score < 50 GROUP BY value
)
GROUP BY value ORDER BY visitors DESC, value LIMIT 9
