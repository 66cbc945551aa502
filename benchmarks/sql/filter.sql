-- Two filters on visits and one on the page, which no rollup covers together.
SELECT uniqExactIf(visitor_id, name != 'engagement'), countIf(name IN ('pageview', 'screenview'))
FROM events
WHERE site_id = {site} AND timestamp >= fromUnixTimestamp64Milli({from}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to}, 'UTC') AND bot_score < 50
    AND position(path, '/page/1') > 0
    AND visit_id IN (SELECT visit_id FROM visits FINAL
        WHERE site_id = {site} AND first_received_at >= fromUnixTimestamp64Milli({from} - 86400000, 'UTC') AND start >= fromUnixTimestamp64Milli({from} - 86400000, 'UTC') AND start < fromUnixTimestamp64Milli({to}, 'UTC')
            AND merged_into = 0 AND country = 'DE' AND browser = 'Chrome')
SETTINGS do_not_merge_across_partitions_select_final = 1
