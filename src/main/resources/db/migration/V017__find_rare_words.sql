-- Whether a word is rare or not, the planner hardly knows: among ten million wrap-ups it went through all of them in the
-- order of their time to find nineteen. So the latest are looked at first, which is enough for what is frequent; what
-- is rare has few enough matches to look at all of them.
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
        wanted := websearch_to_tsquery('spanish', text_query)
            || websearch_to_tsquery('english', translate(text_query, 'áéíóúüÁÉÍÓÚÜ', 'aeiouuAEIOUU'))
            || websearch_to_tsquery('simple', text_query);
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

-- What one agent wrote, in the order of time.
CREATE INDEX wrap_up_agent ON wrap_up (tenant_id, agent_id, interaction_time, interaction_id)
    WHERE status <> 'DRAFT';
