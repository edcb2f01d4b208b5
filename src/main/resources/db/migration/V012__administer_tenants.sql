-- What operators say of a tenant. An empty limit is that of the installation.
ALTER TABLE tenant
    ADD COLUMN display_name     text        NOT NULL DEFAULT '',
    ADD COLUMN status           text        NOT NULL DEFAULT 'ACTIVE'
        CHECK (status IN ('ACTIVE', 'SUSPENDED', 'DELETING')),
    ADD COLUMN create_time      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD COLUMN max_agents       integer,
    ADD COLUMN max_policies     integer,
    ADD COLUMN calls_per_second integer,
    ADD COLUMN max_streams      integer;

-- Credentials of a subject, or where it is empty of a whole tenant, are good only if they were issued since.
CREATE TABLE credential_revocation (
    tenant_id   text COLLATE "C" NOT NULL,
    subject     text COLLATE "C" NOT NULL,
    revoke_time timestamptz      NOT NULL,
    PRIMARY KEY (tenant_id, subject)
);
ALTER TABLE credential_revocation ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential_revocation FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON credential_revocation
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''));

-- Who keeps the tenants sees all of them, and of what they have only that of the one that he deletes.
GRANT SELECT, INSERT, DELETE ON tenant TO aftercall_tenants;
GRANT UPDATE (display_name, status, max_agents, max_policies, calls_per_second, max_streams) ON tenant
    TO aftercall_tenants;
GRANT SELECT, INSERT, UPDATE, DELETE ON credential_revocation TO aftercall_tenants;
CREATE POLICY administered ON tenant TO aftercall_tenants USING (true);
CREATE POLICY administered ON credential_revocation TO aftercall_tenants USING (true);
GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON agent, acw, wrap_up, change_log, command_request, policy, policy_history,
    queue_pressure TO aftercall_tenants;
