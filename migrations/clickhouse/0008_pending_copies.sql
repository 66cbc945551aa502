-- A repair that gives an event to another visitor, who is part of the key, puts a corrected copy in its place: repair_id is the
-- attempt that made it. Until one statement deletes the event and lets the copy count, it is pending and counts nowhere.
ALTER TABLE events
    ADD COLUMN repair_id UInt64 CODEC(ZSTD(1)),
    ADD COLUMN pending Bool;
