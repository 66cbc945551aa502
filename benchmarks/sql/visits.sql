-- Visits of a site, evenly over a time: 4 in 10 by one of 300,000 known visitors, the others cookieless.
INSERT INTO visits (site_id, visitor_id, visit_id, version, merged_into, first_received_at, start, end, visitor_mode, visit_number,
    pageviews, events, interactive_events, engagement_ms, entry_hostname, entry_path, entry_at, exit_hostname, exit_path, exit_at,
    referrer_host, source, source_category, channel, utm_source, utm_medium, utm_campaign, country, region, city, browser, os, device_type, language, screen)
WITH sipHash64(number, 1) AS a, sipHash64(number, 2) AS b, sipHash64(number, 3) AS c, a % 10 < 4 AS known, 1 + b % 5 AS views,
    fromUnixTimestamp64Milli(toInt64({from} + c % ({to} - {from})), 'UTC') AS at,
    ['Google', 'Bing', '', 'Newsletter', 'Facebook', 'Reddit', 'Hacker News', 'GitHub'][1 + b % 8] AS source_name
SELECT {site}, if(known, sipHash64('known', c % 300000), sipHash64('day', number)), sipHash64('visit', {site}, number), 1, 0, at, at, at + toIntervalSecond((views - 1) * 25),
    if(known, 'consented', 'cookieless'), if(known, 2, 1), views, views, 0, (a % 40) * 1000, 'example.com', concat('/page/', toString(toUInt32(400 * pow((a % 9973) / 9973, 3)))), at,
    'example.com', concat('/page/', toString(toUInt32(400 * pow((b % 9973) / 9973, 3)))), at + toIntervalSecond((views - 1) * 25),
    lower(source_name), source_name, if(source_name = '', '', 'search'), if(source_name = '', 'Direct', 'Organic Search'),
    if(c % 6 = 0, 'newsletter', ''), if(c % 6 = 0, 'email', ''), if(c % 6 = 0, concat('campaign-', toString(c % 40)), ''),
    ['DE', 'AT', 'CH', 'FR', 'US', 'GB', 'NP', 'IN'][1 + a % 8], concat('R', toString(a % 60)), concat('City ', toString(a % 400)),
    ['Chrome', 'Firefox', 'Safari', 'Edge'][1 + c % 4], ['Windows', 'macOS', 'Linux', 'iOS', 'Android'][1 + b % 5], ['desktop', 'mobile', 'tablet'][1 + b % 3], ['de', 'en', 'fr'][1 + a % 3], '1920x1080'
FROM numbers({first}, {count})
