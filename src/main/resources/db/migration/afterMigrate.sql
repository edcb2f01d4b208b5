-- Flyway runs it after each migration. A server that does not migrate asks how far the tables are; whoever migrates at the
-- same time waits, as two that grant the same at once get in each other's way.
DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('aftercall: after migration'));
    IF NOT has_table_privilege('aftercall', 'flyway_schema_history', 'SELECT') THEN
        GRANT SELECT ON flyway_schema_history TO aftercall;
    END IF;
END $$;
