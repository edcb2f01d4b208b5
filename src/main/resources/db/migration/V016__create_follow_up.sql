-- What has been promised to customers, as it stands, apart from the revisions that have been replaced.
CREATE TABLE follow_up (
    tenant_id          text COLLATE "C" NOT NULL,
    follow_up_id       uuid        NOT NULL,
    -- How often it was written.
    follow_up_revision integer     NOT NULL,
    kind               text        NOT NULL,
    due_time           timestamptz NOT NULL,
    assignee_type      text        NOT NULL CHECK (assignee_type IN ('AGENT', 'TEAM', 'DEPARTMENT')),
    assignee_id        text COLLATE "C" NOT NULL,
    note               text        NOT NULL,
    customer_id        text COLLATE "C",
    state              text        NOT NULL CHECK (state IN ('OPEN', 'DONE', 'CANCELLED')),
    -- The agent who is reminded: the assignee if that is one, otherwise the one who gave it away.
    holder_id          text COLLATE "C" NOT NULL,
    -- In which it was promised.
    interaction_id     text COLLATE "C",
    create_time        timestamptz NOT NULL,
    created_by         text        NOT NULL,
    update_time        timestamptz NOT NULL,
    updated_by         text        NOT NULL,
    -- When the holder was reminded.
    remind_time        timestamptz,
    PRIMARY KEY (tenant_id, follow_up_id)
);
CREATE INDEX follow_up_reminder ON follow_up (tenant_id, holder_id, due_time)
    WHERE state = 'OPEN' AND remind_time IS NULL;
CREATE INDEX follow_up_due ON follow_up (tenant_id, due_time, follow_up_id) WHERE state = 'OPEN';
CREATE INDEX follow_up_assignee ON follow_up (tenant_id, assignee_type, assignee_id, due_time, follow_up_id);
CREATE INDEX follow_up_customer ON follow_up (tenant_id, customer_id, due_time, follow_up_id)
    WHERE customer_id IS NOT NULL;

CREATE TABLE follow_up_revision (
    tenant_id          text COLLATE "C" NOT NULL,
    follow_up_id       uuid        NOT NULL,
    follow_up_revision integer     NOT NULL,
    kind               text        NOT NULL,
    due_time           timestamptz NOT NULL,
    assignee_type      text        NOT NULL,
    assignee_id        text COLLATE "C" NOT NULL,
    note               text        NOT NULL,
    customer_id        text COLLATE "C",
    state              text        NOT NULL,
    holder_id          text COLLATE "C" NOT NULL,
    interaction_id     text COLLATE "C",
    create_time        timestamptz NOT NULL,
    created_by         text        NOT NULL,
    update_time        timestamptz NOT NULL,
    updated_by         text        NOT NULL,
    remind_time        timestamptz,
    PRIMARY KEY (tenant_id, follow_up_id, follow_up_revision)
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['follow_up', 'follow_up_revision'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I
            USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', name);
        EXECUTE format('GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON %I TO aftercall_tenants', name);
    END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON follow_up TO aftercall_app;
GRANT SELECT, INSERT ON follow_up_revision TO aftercall_app;

-- Of which the agent was reminded.
ALTER TABLE change_log ADD COLUMN follow_up_id uuid;
