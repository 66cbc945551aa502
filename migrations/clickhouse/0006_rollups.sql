-- Derived from events and visits: sums by one dimension at a time, by day in the site's zone (grain 0) or by quarter of an
-- hour (grain 1). Rows hold only while PostgreSQL's pipeline.rollup_days names their build. Distinct values are kept as
-- states that can be merged, exact up to some 16,000.
CREATE TABLE rollups
(
    site_id UInt32,
    grain UInt8,
    dimension LowCardinality(String),
    day Date,
    build UInt64,
    at DateTime('UTC'),
    value String,
    pageviews UInt64,
    events UInt64,
    engagement_ms UInt64,
    revenue_e4 Int64,
    sales UInt64,
    impressions UInt64,
    ad_hits UInt64,
    started UInt64,
    started_consented UInt64,
    lasted_ms UInt64,
    engaged UInt64,
    entries UInt64,
    bounces UInt64,
    exits UInt64,
    visitors AggregateFunction(uniqCombined64(19), UInt64),
    visits_seen AggregateFunction(uniqCombined64(19), UInt64),
    visits_engaged AggregateFunction(uniqCombined64(19), UInt64),
    new_visitors AggregateFunction(uniqCombined64(19), UInt64),
    returning_visitors AggregateFunction(uniqCombined64(19), UInt64)
)
ENGINE = MergeTree
PARTITION BY (grain, toYYYYMM(day))
PRIMARY KEY (site_id, dimension, day)
ORDER BY (site_id, dimension, day, at, value)
TTL day + INTERVAL 65 DAY DELETE WHERE grain = 1
SETTINGS index_granularity = 256;
