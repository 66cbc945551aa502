-- What became of every event, keyed by chunk so that a chunk told twice counts once. received is written from the seal,
-- the other outcomes by whoever decided them.
CREATE TABLE ledger
(
    site_id UInt32,
    minute DateTime('UTC'),
    chunk_id UUID,
    outcome LowCardinality(String),
    reason LowCardinality(String),
    events UInt32
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(minute)
ORDER BY (site_id, minute, chunk_id, outcome, reason);
