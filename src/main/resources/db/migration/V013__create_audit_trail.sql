-- What is to be answered for. Nobody may change or remove an entry; each is chained to the one before by its hash, so
-- that one that was changed all the same is found.
CREATE TABLE audit_event (
    tenant_id  text COLLATE "C" NOT NULL,
    sequence   bigint      NOT NULL,
    event_time timestamptz NOT NULL,
    -- A JSON object: who, as what, from where, did what to what, before and after.
    content    text        NOT NULL,
    -- SHA-256 over the hash before and the text 'sequence time content'.
    hash       bytea       NOT NULL,
    PRIMARY KEY (tenant_id, sequence)
);

-- Where the trail of a tenant begins, as the oldest entries are forgotten, and where it ends.
CREATE TABLE audit_chain (
    tenant_id      text COLLATE "C" PRIMARY KEY,
    first_sequence bigint NOT NULL DEFAULT 1,
    hash_before    bytea  NOT NULL DEFAULT '',
    last_sequence  bigint NOT NULL DEFAULT 0,
    last_hash      bytea  NOT NULL DEFAULT ''
);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['audit_event', 'audit_chain'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I
            USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', name);
    END LOOP;
END $$;

-- The only way in. For the tenant that the transaction names.
CREATE FUNCTION append_audit_events(of_tenant text, contents text[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    chain   audit_chain;
    content text;
    at      timestamptz;
BEGIN
    IF of_tenant IS DISTINCT FROM nullif(current_setting('app.tenant', true), '') THEN
        RAISE EXCEPTION 'The transaction works on another tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO audit_chain (tenant_id) VALUES (of_tenant) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT chain FROM audit_chain WHERE tenant_id = of_tenant FOR UPDATE;
    FOREACH content IN ARRAY contents LOOP
        at := clock_timestamp();
        chain.last_sequence := chain.last_sequence + 1;
        chain.last_hash := sha256(chain.last_hash || convert_to(format('%s %s %s', chain.last_sequence,
            to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), content), 'UTF8'));
        INSERT INTO audit_event (tenant_id, sequence, event_time, content, hash)
        VALUES (of_tenant, chain.last_sequence, at, content, chain.last_hash);
    END LOOP;
    UPDATE audit_chain SET last_sequence = chain.last_sequence, last_hash = chain.last_hash
    WHERE tenant_id = of_tenant;
    RETURN chain.last_sequence;
END $$;

-- Forgets up to ten thousand of the oldest entries of the tenant that the transaction names; says how many.
CREATE FUNCTION forget_audit_events(of_tenant text, before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    chain audit_chain;
    until audit_event;
BEGIN
    IF of_tenant IS DISTINCT FROM nullif(current_setting('app.tenant', true), '') THEN
        RAISE EXCEPTION 'The transaction works on another tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO chain FROM audit_chain WHERE tenant_id = of_tenant FOR UPDATE;
    SELECT * INTO until FROM audit_event
    WHERE tenant_id = of_tenant AND event_time < before AND sequence < chain.first_sequence + 10000
    ORDER BY sequence DESC LIMIT 1;
    IF until IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM audit_event WHERE tenant_id = of_tenant AND sequence <= until.sequence;
    UPDATE audit_chain SET first_sequence = until.sequence + 1, hash_before = until.hash WHERE tenant_id = of_tenant;
    RETURN until.sequence - chain.first_sequence + 1;
END $$;

REVOKE ALL ON FUNCTION append_audit_events, forget_audit_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_audit_events TO aftercall_app, aftercall_tenants;
GRANT EXECUTE ON FUNCTION forget_audit_events TO aftercall_retention;
GRANT SELECT ON audit_event, audit_chain TO aftercall_app;
GRANT SELECT (tenant_id) ON audit_chain TO aftercall_retention;
CREATE POLICY every_tenant ON audit_chain FOR SELECT TO aftercall_retention USING (true);
-- A tenant that is deleted takes its trail with it; that it was is in the installation's.
GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON audit_event, audit_chain TO aftercall_tenants;
