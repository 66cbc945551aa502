-- The nine values of a column of visits with the most visitors.
SELECT value, uniqCombined64Merge(19)(n) AS visitors
FROM
(
    SELECT value, visitors AS n FROM rollups
    WHERE site_id = {site} AND grain = 0 AND dimension = '{dimension}' AND day >= '{first}' AND day <= '{last}' AND (day, build) IN ({builds})
    UNION ALL
    SELECT v.value, uniqCombined64StateIf(19)(e.visitor_id, e.name != 'engagement') FROM events AS e
    INNER JOIN (SELECT visit_id, {column} AS value FROM visits FINAL
        WHERE site_id = {site} AND first_received_at >= fromUnixTimestamp64Milli({raw_from} - 86400000, 'UTC') AND start >= fromUnixTimestamp64Milli({raw_from} - 86400000, 'UTC') AND merged_into = 0) AS v ON v.visit_id = e.visit_id
    WHERE e.site_id = {site} AND e.timestamp >= fromUnixTimestamp64Milli({raw_from}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({raw_to}, 'UTC') AND e.bot_score < 50 GROUP BY v.value
)
GROUP BY value ORDER BY visitors DESC, value LIMIT 9
