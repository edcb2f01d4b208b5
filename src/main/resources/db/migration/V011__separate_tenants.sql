-- Each tenant's rows are seen and written only by who works on that tenant: the database sees to it, also where a
-- statement forgets. roles.sql says which roles there are.
DO $$
BEGIN
    IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('aftercall_app', 'aftercall_feed', 'aftercall_sweep',
        'aftercall_retention', 'aftercall_tenants')) < 5 THEN
        RAISE EXCEPTION 'The roles of the server are missing: let a superuser run roles.sql, which is in the jar';
    END IF;
END $$;

-- Whose tables are forced obeys the policies too, save for superusers. A transaction of the server names its tenant.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tenant', 'agent', 'acw', 'wrap_up', 'change_log', 'command_request', 'policy',
        'policy_history', 'queue_pressure'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I
            USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', name);
    END LOOP;
END $$;

GRANT SELECT ON tenant TO aftercall_app;
GRANT UPDATE (epoch, revision, policy_revision) ON tenant TO aftercall_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agent, policy TO aftercall_app;
GRANT SELECT, INSERT, DELETE ON acw TO aftercall_app;
GRANT SELECT, INSERT ON wrap_up, change_log, command_request TO aftercall_app;
GRANT SELECT, INSERT, UPDATE ON policy_history, queue_pressure TO aftercall_app;

GRANT SELECT (tenant_id, epoch, revision) ON tenant TO aftercall_feed;
GRANT SELECT, INSERT, UPDATE, DELETE ON replica TO aftercall_feed;
CREATE POLICY every_tenant ON tenant FOR SELECT TO aftercall_feed USING (true);

GRANT SELECT (tenant_id, agent_id, due_time) ON agent TO aftercall_sweep;
CREATE POLICY every_tenant ON agent FOR SELECT TO aftercall_sweep USING (true);

GRANT SELECT (accept_time), DELETE ON command_request TO aftercall_retention;
CREATE POLICY every_tenant ON command_request TO aftercall_retention USING (true);
CREATE POLICY every_tenant ON change_log TO aftercall_retention USING (true);
-- Partitions are added and dropped by whoever owns the table.
GRANT CREATE ON SCHEMA public TO aftercall_retention;
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'change_log'::regclass LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO aftercall_retention', part);
    END LOOP;
END $$;
ALTER TABLE change_log OWNER TO aftercall_retention;
