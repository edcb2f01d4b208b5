-- Where a summary goes, if one is asked for.
ALTER TABLE wrap_up ADD COLUMN email_address text, ADD COLUMN email_language text;
ALTER TABLE wrap_up_revision ADD COLUMN email_address text, ADD COLUMN email_language text;

-- The last attempt of which it is known what came of it: an e-mail must not be sent twice.
ALTER TABLE delivery ADD COLUMN answered_attempt integer NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX delivery_email ON delivery (tenant_id, agent_id, interaction_id) WHERE outlet = 'email';
GRANT SELECT (outlet) ON delivery TO aftercall_retention;

-- In whose words a tenant writes to its customers; what is not here is in the server's.
CREATE TABLE email_template (
    tenant_id         text COLLATE "C" NOT NULL REFERENCES tenant,
    language          text        NOT NULL,
    subject           text        NOT NULL,
    text_body         text        NOT NULL,
    -- Empty for none.
    html_body         text        NOT NULL,
    reply_to          text        NOT NULL,
    template_revision integer     NOT NULL,
    update_time       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, language)
);
ALTER TABLE email_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE email_template FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON email_template USING (tenant_id = nullif(current_setting('app.tenant', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON email_template TO aftercall_app;
GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON email_template TO aftercall_tenants;
