-- What was promised in an interaction of which it was not known whose it is.
CREATE INDEX follow_up_interaction ON follow_up (tenant_id, interaction_id)
    WHERE customer_id IS NULL AND interaction_id IS NOT NULL;

-- What is to be told about a customer, and has been.
CREATE INDEX delivery_customer ON delivery (tenant_id, customer_id, sequence) WHERE customer_id IS NOT NULL;

-- Words in Spanish, in English, or as they are.
CREATE FUNCTION wrap_up_words_query(words text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN websearch_to_tsquery('spanish', words)
    || websearch_to_tsquery('english', translate(words, 'áéíóúüÁÉÍÓÚÜ', 'aeiouuAEIOUU'))
    || websearch_to_tsquery('simple', words);

-- What a search asks for. In which language its words are found is all the same; what must not be there must not be
-- there in any of them. So it is taken apart, as websearch_to_tsquery would do it, into alternatives, and those into
-- what must be there and what must not. One that only has words too common to be looked for asks for nothing.
CREATE FUNCTION wrap_up_query(text_query text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
    operand  text[];
    present  text := '';
    absent   tsquery := '';
    wanted   tsquery := '';
    or_ahead boolean := false;
BEGIN
    FOR operand IN
        SELECT regexp_matches(text_query, '((?:-\s*)*)("[^"]*"?|[^\s"!&|()-][^\s"!&|()]*)', 'g')
    LOOP
        IF or_ahead THEN
            wanted := wanted || (wrap_up_words_query(present) && !!absent);
            present := '';
            absent := '';
            or_ahead := false;
        END IF;
        IF length(replace(regexp_replace(operand[1], '\s', '', 'g'), '--', '')) = 1 THEN
            absent := absent || wrap_up_words_query(operand[2]);
        ELSIF lower(operand[2]) = 'or' AND operand[1] = '' AND (present <> '' OR numnode(absent) > 0) THEN
            or_ahead := true;
        ELSE
            present := present || ' ' || operand[2];
        END IF;
    END LOOP;
    IF or_ahead THEN
        present := present || ' or';
    END IF;
    RETURN wanted || (wrap_up_words_query(present) && !!absent);
END $$;

CREATE OR REPLACE FUNCTION find_wrap_ups(of_tenant text, text_query text, with_tags text[], of_agents text[],
        of_teams text[], of_queues text[], of_dispositions text[], of_customer text, since timestamptz,
        until timestamptz, before_time timestamptz, before_agent text, before_interaction text, most integer)
    RETURNS TABLE (agent_id text, interaction_id text, interaction_time timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    latest CONSTANT integer := 20000;
    wanted tsquery;
    found  integer;
BEGIN
    IF of_tenant IS DISTINCT FROM nullif(current_setting('app.tenant', true), '') THEN
        RAISE EXCEPTION 'The transaction works on another tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF text_query IS NOT NULL THEN
        wanted := wrap_up_query(text_query);
    END IF;
    IF cardinality(with_tags) > 0 THEN
        wanted := coalesce(wanted && tags_query(with_tags), tags_query(with_tags));
    END IF;
    -- Without words, or about one customer, the order of time leads to what is wanted. With words it is tried.
    RETURN QUERY
        SELECT w.agent_id, w.interaction_id, w.interaction_time
        FROM (
            SELECT l.*
            FROM wrap_up l
            WHERE l.tenant_id = of_tenant AND l.status <> 'DRAFT'
                AND (of_customer IS NULL OR l.customer_id = of_customer)
                AND (of_agents IS NULL OR l.agent_id = ANY (of_agents))
                AND (since IS NULL OR l.interaction_time >= since)
                AND (until IS NULL OR l.interaction_time < until)
                AND (before_time IS NULL OR (l.interaction_time, l.agent_id, l.interaction_id)
                    < (before_time, before_agent, before_interaction))
            ORDER BY l.interaction_time DESC, l.agent_id DESC, l.interaction_id DESC
            LIMIT CASE WHEN wanted IS NULL OR of_customer IS NOT NULL THEN NULL ELSE latest END
        ) AS w
        WHERE (wanted IS NULL OR w.words @@ wanted)
            AND (of_teams IS NULL OR w.team_id = ANY (of_teams))
            AND (of_queues IS NULL OR w.queue_id = ANY (of_queues))
            AND (of_dispositions IS NULL OR w.disposition_code = ANY (of_dispositions))
        ORDER BY w.interaction_time DESC, w.agent_id DESC, w.interaction_id DESC
        LIMIT most;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found = most OR wanted IS NULL OR of_customer IS NOT NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH matching AS MATERIALIZED (
            SELECT w.agent_id, w.interaction_id, w.interaction_time
            FROM wrap_up w
            WHERE w.tenant_id = of_tenant AND w.status <> 'DRAFT' AND w.words @@ wanted
                AND (of_agents IS NULL OR w.agent_id = ANY (of_agents))
                AND (of_teams IS NULL OR w.team_id = ANY (of_teams))
                AND (of_queues IS NULL OR w.queue_id = ANY (of_queues))
                AND (of_dispositions IS NULL OR w.disposition_code = ANY (of_dispositions))
                AND (since IS NULL OR w.interaction_time >= since)
                AND (until IS NULL OR w.interaction_time < until)
                AND (before_time IS NULL OR (w.interaction_time, w.agent_id, w.interaction_id)
                    < (before_time, before_agent, before_interaction))
        )
        SELECT m.agent_id, m.interaction_id, m.interaction_time
        FROM matching m
        ORDER BY m.interaction_time DESC, m.agent_id DESC, m.interaction_id DESC
        OFFSET found LIMIT most - found;
END $$;
