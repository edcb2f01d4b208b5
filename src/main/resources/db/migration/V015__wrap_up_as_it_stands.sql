-- What agents wrote, as it stands, apart from the revisions that have been replaced: most are written once.
ALTER TABLE wrap_up RENAME TO wrap_up_revision;
ALTER INDEX wrap_up_pkey RENAME TO wrap_up_revision_pkey;
ALTER TABLE wrap_up_revision
    ADD COLUMN status              text NOT NULL DEFAULT 'FINAL' CHECK (status IN ('DRAFT', 'INCOMPLETE', 'FINAL')),
    ADD COLUMN written_by          text NOT NULL DEFAULT '',
    ADD COLUMN subject             text NOT NULL DEFAULT '',
    ADD COLUMN actions_taken       text NOT NULL DEFAULT '',
    ADD COLUMN actions_recommended text NOT NULL DEFAULT '';
ALTER TABLE wrap_up_revision
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN written_by DROP DEFAULT,
    ALTER COLUMN subject DROP DEFAULT,
    ALTER COLUMN actions_taken DROP DEFAULT,
    ALTER COLUMN actions_recommended DROP DEFAULT;

-- The words by which a wrap-up is found: of its text in Spanish and in English, with and without their accents, and its
-- tags as they are, each behind a '#'.
CREATE FUNCTION wrap_up_words(content text, customer_id text, tags text[]) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('spanish', content)
    || to_tsvector('english', translate(content, 'áéíóúüÁÉÍÓÚÜ', 'aeiouuAEIOUU'))
    || to_tsvector('simple', coalesce(customer_id, ''))
    || array_to_tsvector(ARRAY(SELECT '#' || tag FROM unnest(tags) AS tag));

CREATE TABLE wrap_up (
    tenant_id           text COLLATE "C" NOT NULL,
    agent_id            text COLLATE "C" NOT NULL,
    interaction_id      text COLLATE "C" NOT NULL,
    -- How often it was written.
    wrap_up_revision    integer     NOT NULL,
    status              text        NOT NULL CHECK (status IN ('DRAFT', 'INCOMPLETE', 'FINAL')),
    write_time          timestamptz NOT NULL,
    written_by          text        NOT NULL,
    -- Empty while the work is not over.
    editable_until      timestamptz,
    -- What is known of the interaction. Its time is the first one known: of its start, its answer or its end, or when
    -- it was first written about.
    interaction_time    timestamptz NOT NULL,
    channel             text,
    direction           text,
    queue_id            text COLLATE "C",
    customer_id         text COLLATE "C",
    -- The agent's at that time.
    team_id             text COLLATE "C",
    disposition_code    text COLLATE "C",
    form_values         json,
    subject             text        NOT NULL,
    notes               text        NOT NULL,
    actions_taken       text        NOT NULL,
    actions_recommended text        NOT NULL,
    tags                text[]      NOT NULL,
    words               tsvector    GENERATED ALWAYS AS (CASE WHEN status <> 'DRAFT' THEN wrap_up_words(
        subject || E'\n' || notes || E'\n' || actions_taken || E'\n' || actions_recommended, customer_id, tags) END)
        STORED,
    PRIMARY KEY (tenant_id, agent_id, interaction_id)
);

INSERT INTO wrap_up (tenant_id, agent_id, interaction_id, wrap_up_revision, status, write_time, written_by,
    editable_until, interaction_time, channel, direction, queue_id, customer_id, disposition_code, form_values, subject,
    notes, actions_taken, actions_recommended, tags)
SELECT w.tenant_id, w.agent_id, w.interaction_id, w.wrap_up_revision, w.status, w.write_time, coalesce(a.ended_by, ''),
    a.editable_until, coalesce(a.interaction_start_time, a.answer_time, a.interaction_end_time, a.end_time), a.channel,
    a.direction, a.queue_id, a.customer_id, w.disposition_code, w.form_values, w.subject, w.notes, w.actions_taken,
    w.actions_recommended, w.tags
FROM acw a JOIN wrap_up_revision w USING (tenant_id, agent_id, interaction_id, wrap_up_revision);
DELETE FROM wrap_up_revision r USING wrap_up w
WHERE w.tenant_id = r.tenant_id AND w.agent_id = r.agent_id AND w.interaction_id = r.interaction_id
    AND w.wrap_up_revision = r.wrap_up_revision;
ALTER TABLE acw DROP COLUMN wrap_up_revision;

CREATE INDEX wrap_up_draft ON wrap_up (tenant_id, agent_id) WHERE status = 'DRAFT';
CREATE INDEX wrap_up_incomplete ON wrap_up (tenant_id, editable_until) WHERE status = 'INCOMPLETE';
CREATE INDEX wrap_up_customer ON wrap_up (tenant_id, customer_id, interaction_time, agent_id, interaction_id)
    WHERE status <> 'DRAFT';
CREATE INDEX wrap_up_time ON wrap_up (tenant_id, interaction_time, agent_id, interaction_id) WHERE status <> 'DRAFT';
CREATE INDEX wrap_up_words ON wrap_up USING gin (words) WHERE status <> 'DRAFT';

-- How many wrap-ups that are no drafts have a tag.
CREATE TABLE wrap_up_tag (
    tenant_id     text COLLATE "C" NOT NULL,
    tag           text COLLATE "C" NOT NULL,
    wrap_up_count bigint NOT NULL,
    PRIMARY KEY (tenant_id, tag)
) WITH (fillfactor = 50);
INSERT INTO wrap_up_tag SELECT tenant_id, tag, count(*) FROM wrap_up, unnest(tags) AS tag GROUP BY tenant_id, tag;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['wrap_up', 'wrap_up_tag'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own_tenant ON %I
            USING (tenant_id = nullif(current_setting(''app.tenant'', true), ''''))', name);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aftercall_app', name);
        EXECUTE format('GRANT SELECT (tenant_id, tableoid, ctid), DELETE ON %I TO aftercall_tenants', name);
    END LOOP;
END $$;

CREATE FUNCTION tags_query(tags text[]) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT string_agg('''#' || replace(replace(tag, '\', '\\'), '''', '''''') || '''', ' & ')::tsquery
    FROM unnest(tags) AS tag);

-- Which wrap-ups of the tenant that the transaction names are as asked for, the latest interaction first: those before
-- a place in that order. What is null is not asked for. Row-level security lets no index of words be used, as comparing
-- words might give away what they are; so this function sees all rows, says which it has found and nothing of them, and
-- takes only the tenant's.
CREATE FUNCTION find_wrap_ups(of_tenant text, text_query text, with_tags text[], of_agents text[], of_teams text[],
        of_queues text[], of_dispositions text[], of_customer text, since timestamptz, until timestamptz,
        before_time timestamptz, before_agent text, before_interaction text, most integer)
    RETURNS TABLE (agent_id text, interaction_id text, interaction_time timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    wanted tsquery;
BEGIN
    IF of_tenant IS DISTINCT FROM nullif(current_setting('app.tenant', true), '') THEN
        RAISE EXCEPTION 'The transaction works on another tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF text_query IS NOT NULL THEN
        wanted := websearch_to_tsquery('spanish', text_query)
            || websearch_to_tsquery('english', translate(text_query, 'áéíóúüÁÉÍÓÚÜ', 'aeiouuAEIOUU'))
            || websearch_to_tsquery('simple', text_query);
    END IF;
    IF cardinality(with_tags) > 0 THEN
        wanted := coalesce(wanted && tags_query(with_tags), tags_query(with_tags));
    END IF;
    RETURN QUERY
        SELECT w.agent_id, w.interaction_id, w.interaction_time
        FROM wrap_up w
        WHERE w.tenant_id = of_tenant AND w.status <> 'DRAFT'
            AND (wanted IS NULL OR w.words @@ wanted)
            AND (of_agents IS NULL OR w.agent_id = ANY (of_agents))
            AND (of_teams IS NULL OR w.team_id = ANY (of_teams))
            AND (of_queues IS NULL OR w.queue_id = ANY (of_queues))
            AND (of_dispositions IS NULL OR w.disposition_code = ANY (of_dispositions))
            AND (of_customer IS NULL OR w.customer_id = of_customer)
            AND (since IS NULL OR w.interaction_time >= since)
            AND (until IS NULL OR w.interaction_time < until)
            AND (before_time IS NULL
                OR (w.interaction_time, w.agent_id, w.interaction_id) < (before_time, before_agent, before_interaction))
        ORDER BY w.interaction_time DESC, w.agent_id DESC, w.interaction_id DESC
        LIMIT most;
END $$;

REVOKE ALL ON FUNCTION find_wrap_ups FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_wrap_ups TO aftercall_app;
GRANT SELECT ON wrap_up TO aftercall_search;
CREATE POLICY every_tenant ON wrap_up FOR SELECT TO aftercall_search USING (true);
GRANT CREATE ON SCHEMA public TO aftercall_search;
ALTER FUNCTION find_wrap_ups OWNER TO aftercall_search;
REVOKE CREATE ON SCHEMA public FROM aftercall_search;
