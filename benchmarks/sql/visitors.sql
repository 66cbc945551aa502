-- Visitors of a range.
SELECT uniqCombined64Merge(19)(n)
FROM
(
    SELECT visitors AS n FROM rollups
    WHERE site_id = {site} AND grain = 0 AND dimension = '' AND day >= '{first}' AND day <= '{last}' AND (day, build) IN ({builds})
    UNION ALL
    SELECT uniqCombined64StateIf(19)(visitor_id, name != 'engagement') FROM events
    WHERE site_id = {site} AND timestamp >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({raw_to}, 'UTC') AND bot_score < 50
)
