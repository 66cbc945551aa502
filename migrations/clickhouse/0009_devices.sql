-- Brand and model where they are known. user_agent holds the text as sent only until it has been read, which for most events
-- is before they are stored.
ALTER TABLE events
    ADD COLUMN device_brand LowCardinality(String) AFTER device_type,
    ADD COLUMN device_model LowCardinality(String) AFTER device_brand,
    ADD COLUMN user_agent String CODEC(ZSTD(1)),
    ADD INDEX by_user_agent user_agent TYPE minmax GRANULARITY 4;

ALTER TABLE visits
    ADD COLUMN device_brand LowCardinality(String) AFTER device_type,
    ADD COLUMN device_model LowCardinality(String) AFTER device_brand;
