-- Derived from visits: what is remembered of a visitor.
CREATE TABLE visitors
(
    site_id UInt32,
    visitor_id UInt64,
    version UInt64,
    visitor_mode Enum8('cookieless' = 0, 'consented' = 1),
    first_seen DateTime64(3, 'UTC'),
    last_visit_id UInt64,
    last_visit_start DateTime64(3, 'UTC'),
    last_visit_end DateTime64(3, 'UTC'),
    visit_count UInt32,
    user_id String,
    user_verified Bool,
    aliases Array(UInt64),
    traits Map(LowCardinality(String), String),
    consent LowCardinality(String)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (site_id, visitor_id);
