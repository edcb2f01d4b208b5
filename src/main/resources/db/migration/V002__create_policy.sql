-- The rules of one scope, by the names that they have in the contract; a rule that is not there is inherited.
CREATE TABLE policy (
    tenant_id   text COLLATE "C" NOT NULL REFERENCES tenant,
    scope       text COLLATE "C" NOT NULL CHECK (scope IN ('TENANT', 'TEAM', 'QUEUE', 'AGENT')),
    scope_id    text COLLATE "C" NOT NULL,
    -- The tenant's revision at which it last changed.
    revision    bigint      NOT NULL,
    update_time timestamptz NOT NULL,
    rules       jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, scope, scope_id)
);
