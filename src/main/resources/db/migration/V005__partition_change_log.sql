-- The log of changes by days of UTC: what is old goes a day at a time, without a trace for vacuum. What is there becomes
-- the first partition as it is; the server adds the days to come and drops the old ones.
ALTER TABLE change_log RENAME TO change_log_first;
ALTER INDEX change_log_pkey RENAME TO change_log_first_pkey;

-- A key over all partitions would have to contain the time. Each has its own; that a tenant's numbers are dense, and so
-- never given twice, is the work of the tenant's lock.
CREATE TABLE change_log (LIKE change_log_first) PARTITION BY RANGE (change_time);

-- For what no other takes, so that no write fails because nobody has added a day.
CREATE TABLE change_log_default (LIKE change_log, PRIMARY KEY (tenant_id, revision))
    WITH (autovacuum_vacuum_insert_threshold = -1);

-- Until the end of tomorrow: servers of the previous release may go on writing meanwhile.
DO $$
DECLARE
    today     timestamptz := date_trunc('day', clock_timestamp(), 'UTC');
    first_day timestamptz;
    name      text;
BEGIN
    SELECT least(today, date_trunc('day', min(change_time), 'UTC')) INTO first_day FROM change_log_first;
    name := 'change_log_' || to_char(first_day AT TIME ZONE 'UTC', 'YYYYMMDD');
    EXECUTE format('ALTER TABLE change_log_first RENAME TO %I', name);
    EXECUTE format('ALTER INDEX change_log_first_pkey RENAME TO %I', name || '_pkey');
    EXECUTE format('ALTER TABLE change_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        name, first_day, today + interval '48 hours');
END $$;

ALTER TABLE change_log ATTACH PARTITION change_log_default DEFAULT;
