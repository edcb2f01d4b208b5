-- How interactions may be classified: a tree for each tenant.
CREATE TABLE disposition (
    tenant_id   text COLLATE "C" NOT NULL REFERENCES tenant,
    code        text COLLATE "C" NOT NULL,
    label       text    NOT NULL,
    parent_code text COLLATE "C",
    scope       text    NOT NULL CHECK (scope IN ('TENANT', 'TEAM', 'QUEUE')),
    scope_id    text COLLATE "C" NOT NULL,
    active      boolean NOT NULL,
    is_group    boolean NOT NULL,
    position    integer NOT NULL,
    -- A JSON Schema; empty for no form.
    form_schema text    NOT NULL,
    -- The tenant's revision at which it last changed, and when.
    revision    bigint      NOT NULL,
    update_time timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, code),
    -- The tree is whole when a change of it ends.
    FOREIGN KEY (tenant_id, parent_code) REFERENCES disposition DEFERRABLE INITIALLY DEFERRED
);
ALTER TABLE disposition ENABLE ROW LEVEL SECURITY;
ALTER TABLE disposition FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON disposition USING (tenant_id = nullif(current_setting('app.tenant', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON disposition TO aftercall_app;
GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON disposition TO aftercall_tenants;

-- The tenant's revision of the last change of any of them, which is also one of its policy_revision.
ALTER TABLE tenant ADD COLUMN disposition_revision bigint NOT NULL DEFAULT 0;
GRANT UPDATE (disposition_revision) ON tenant TO aftercall_app;

-- What the disposition's form asked for.
ALTER TABLE wrap_up ADD COLUMN form_values json;
