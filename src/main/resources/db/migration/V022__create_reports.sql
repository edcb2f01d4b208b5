-- The agent's team when it was settled.
ALTER TABLE acw ADD COLUMN team_id text COLLATE "C";

-- What has happened and is not in the figures yet, as it adds to them; moved there in portions.
CREATE TABLE report_entry (
    tenant_id text COLLATE "C" NOT NULL,
    sequence  bigint GENERATED ALWAYS AS IDENTITY,
    entry     json NOT NULL,
    PRIMARY KEY (tenant_id, sequence)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Figures by the hour of UTC, for each team, queue, disposition and agent; within each row by quarter of an hour, and
-- by what else a report may tell apart.
CREATE TABLE report_hour (
    tenant_id  text COLLATE "C" NOT NULL,
    cube       text COLLATE "C" NOT NULL CHECK (cube IN ('TEAMS', 'QUEUES', 'DISPOSITIONS', 'AGENTS')),
    start_time timestamptz NOT NULL,
    -- The id of the team, queue, disposition or agent; empty for none.
    subject_id text COLLATE "C" NOT NULL,
    figures    bytea NOT NULL,
    PRIMARY KEY (tenant_id, cube, start_time, subject_id)
);

-- What was settled before, of all tenants; whose team it was, only its wrap-up says.
ALTER TABLE acw NO FORCE ROW LEVEL SECURITY;
ALTER TABLE wrap_up NO FORCE ROW LEVEL SECURITY;
UPDATE acw SET team_id = w.team_id
FROM wrap_up w
WHERE w.tenant_id = acw.tenant_id AND w.agent_id = acw.agent_id AND w.interaction_id = acw.interaction_id
    AND w.team_id IS NOT NULL;
INSERT INTO report_entry (tenant_id, entry)
SELECT tenant_id, json_strip_nulls(json_build_object(
    'agent_id', agent_id, 'team_id', team_id, 'queue_id', queue_id, 'channel', channel,
    'disposition_code', disposition_code, 'done_time', end_time, 'sign', 1, 'handled', handled,
    'talk_start_time', CASE WHEN talked THEN answer_time END,
    'talk_end_time', CASE WHEN talked THEN interaction_end_time END,
    'hold_micros', (extract(epoch FROM coalesce(hold_duration, interval '0')) * 1000000)::bigint,
    'acw_start_time', start_time, 'acw_end_time', CASE WHEN start_time IS NOT NULL THEN end_time END,
    'end_reason', end_reason, 'extended', extensions_used > 0, 'limited', limited,
    'at_limit', limited AND end_time - start_time >= 0.9 * (deadline_time - start_time)))
FROM (
    SELECT acw.*, disposition_code,
        interaction_outcome IN ('ANSWERED', 'TRANSFERRED', 'CONFERENCE_LEFT') AS handled,
        interaction_outcome IN ('ANSWERED', 'TRANSFERRED', 'CONFERENCE_LEFT')
            AND answer_time <= interaction_end_time AS talked,
        outcome = 'ENDED' AND deadline_time IS NOT NULL AND end_reason IN ('COMPLETED', 'TIMED_OUT')
            AND coalesce(policy ->> 'mode', 'TIMED') <> 'FIXED' AS limited
    FROM acw LEFT JOIN wrap_up USING (tenant_id, agent_id, interaction_id)
    WHERE outcome <> 'COMPLETED_EARLY'
) AS settled
WHERE handled OR outcome = 'ENDED'
ORDER BY end_time;
ALTER TABLE acw FORCE ROW LEVEL SECURITY;
ALTER TABLE wrap_up FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['report_entry', 'report_hour'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I
            USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aftercall_app', name);
        EXECUTE format('GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON %I TO aftercall_tenants', name);
    END LOOP;
END $$;

-- Who looks for tenants that have some sees no more than that they have.
GRANT SELECT (tenant_id) ON report_entry TO aftercall_sweep;
CREATE POLICY every_tenant ON report_entry FOR SELECT TO aftercall_sweep USING (true);
