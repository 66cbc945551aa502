-- The ids an event came with, so that visits can be made again from events alone. What they stand for (visitor_id) is a
-- decision that may be corrected. The cookieless hash is that of the day of the event, 0 where it is visitor_id itself;
-- that of the day before is never stored: it would tie the days of a visitor together.
ALTER TABLE events
    ADD COLUMN device_id UInt64 CODEC(ZSTD(1)),
    ADD COLUMN user_hash UInt64 CODEC(ZSTD(1)),
    ADD COLUMN cookieless_id UInt64 CODEC(ZSTD(1)),
    ADD INDEX by_cookieless_id cookieless_id TYPE bloom_filter(0.01) GRANULARITY 1;
