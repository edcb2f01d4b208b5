-- What one agent did in a day is a few hundred of a day's changes, and of the ACWs that are kept for ever.
CREATE INDEX change_log_agent ON change_log (tenant_id, agent_id, change_time) WHERE agent_id IS NOT NULL;

-- By the end, as a period of ends is short; with the beginning, so that rows outside the day are not fetched.
CREATE INDEX acw_agent_end ON acw (tenant_id, agent_id, end_time, start_time) WHERE outcome = 'ENDED';
