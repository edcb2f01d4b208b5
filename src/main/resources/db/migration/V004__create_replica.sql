-- The servers that run on this database. Nothing that is promised depends on these rows.
CREATE TABLE replica (
    replica_id uuid PRIMARY KEY,
    -- When it last said that it lives.
    beat_time  timestamptz NOT NULL
) WITH (fillfactor = 50);
