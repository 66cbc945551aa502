-- The events of the visits of a time: their page views 25 seconds apart, and one engagement event each.
INSERT INTO events (site_id, event_id, timestamp, client_timestamp, received_at, chunk_id, chunk_index, visitor_id, visitor_mode, visit_id, name, hostname, path, interactive, engagement_ms, country, browser, os, device_type)
SELECT site_id, generateUUIDv4(n), start + toIntervalSecond(if(n = pageviews, (n - 1) * 25 + 1, n * 25)) AS at, at, at + toIntervalSecond(1), toUUID('00000000-0000-0000-0000-000000000001'), 0,
    visitor_id, visitor_mode, visit_id, if(n = pageviews, 'engagement', 'pageview'), 'example.com', multiIf(n = 0, entry_path, n >= pageviews - 1, exit_path, concat('/page/', toString(toUInt32(400 * pow((sipHash64(visit_id, n) % 9973) / 9973, 3))))),
    1, if(n = pageviews, engagement_ms, 0), country, browser, os, device_type
FROM visits ARRAY JOIN range(pageviews + 1) AS n
WHERE site_id = {site} AND start >= fromUnixTimestamp64Milli({from}, 'UTC') AND start < fromUnixTimestamp64Milli({to}, 'UTC')
