-- Unique visitors of a calendar month in the site's zone, of the site (ad_id empty) and of each ad: consented ones counted
-- once a month, cookieless ones once a day. Rows hold only while PostgreSQL's pipeline.rollup_months names their build.
CREATE TABLE rollup_months
(
    site_id UInt32,
    month Date,
    build UInt64,
    ad_id String,
    unique_visitors UInt64,
    daily_cookieless_visitors UInt64,
    impressions UInt64,
    hits UInt64,
    counted_clickers UInt64,
    counted_hits UInt64
)
ENGINE = MergeTree
ORDER BY (site_id, month, build, ad_id);
