-- Where a tenant's events go by HTTP.
CREATE TABLE webhook (
    tenant_id           text COLLATE "C" NOT NULL REFERENCES tenant,
    webhook_id          text COLLATE "C" NOT NULL,
    url                 text        NOT NULL,
    description         text        NOT NULL,
    -- What it wants to be told; empty for everything.
    event_types         text[]      NOT NULL,
    enabled             boolean     NOT NULL,
    -- How often it was changed.
    webhook_revision    integer     NOT NULL,
    create_time         timestamptz NOT NULL,
    update_time         timestamptz NOT NULL,
    -- What its messages are signed with, and for a while after that was replaced, what they were signed with before.
    secret              bytea       NOT NULL,
    former_secret       bytea,
    former_secret_until timestamptz,
    PRIMARY KEY (tenant_id, webhook_id)
);

-- Outlets that do not answer.
CREATE TABLE outlet_pause (
    tenant_id    text COLLATE "C" NOT NULL,
    outlet       text COLLATE "C" NOT NULL,
    -- How often in turn it has failed, and until when it is left alone.
    failures     integer     NOT NULL,
    paused_until timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, outlet)
);

-- What has happened, once for each outlet that is to be told: without the words, which are read when they are sent.
CREATE TABLE delivery (
    tenant_id         text COLLATE "C" NOT NULL,
    -- In the order in which it happened.
    sequence          bigint GENERATED ALWAYS AS IDENTITY,
    outlet            text COLLATE "C" NOT NULL,
    event_id          uuid        NOT NULL,
    event_type        text        NOT NULL,
    event_time        timestamptz NOT NULL,
    agent_id          text COLLATE "C",
    interaction_id    text COLLATE "C",
    follow_up_id      uuid,
    customer_id       text COLLATE "C",
    -- Those with the same are delivered one after the other.
    order_key         text COLLATE "C" NOT NULL,
    state             text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'DELIVERED', 'PARKED')),
    attempts          integer     NOT NULL DEFAULT 0,
    -- Of what is pending: when it is due, or while it is under way, when that is given up.
    next_attempt_time timestamptz NOT NULL,
    last_attempt_time timestamptz,
    last_result       text,
    PRIMARY KEY (tenant_id, sequence)
);
CREATE INDEX delivery_due ON delivery (tenant_id, outlet, next_attempt_time) WHERE state = 'PENDING';
CREATE INDEX delivery_order ON delivery (tenant_id, outlet, order_key, sequence) WHERE state = 'PENDING';
CREATE INDEX delivery_parked ON delivery (tenant_id, outlet, sequence) WHERE state = 'PARKED';
-- Rows lie in the order of their time.
CREATE INDEX delivery_time ON delivery USING brin (event_time);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['webhook', 'outlet_pause', 'delivery'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I
            USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aftercall_app', name);
        EXECUTE format('GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON %I TO aftercall_tenants', name);
        EXECUTE format('CREATE POLICY every_tenant ON %I FOR SELECT TO aftercall_sweep USING (true)', name);
    END LOOP;
END $$;

-- Who looks for what is due sees that there is something, and not what.
GRANT SELECT (tenant_id, webhook_id, enabled) ON webhook TO aftercall_sweep;
GRANT SELECT ON outlet_pause TO aftercall_sweep;
GRANT SELECT (tenant_id, outlet, state, next_attempt_time) ON delivery TO aftercall_sweep;
GRANT SELECT (tenant_id) ON tenant TO aftercall_sweep;
CREATE POLICY every_tenant_by_name ON tenant FOR SELECT TO aftercall_sweep USING (true);

GRANT SELECT (state, event_time), DELETE ON delivery TO aftercall_retention;
CREATE POLICY forgotten ON delivery TO aftercall_retention USING (true);
