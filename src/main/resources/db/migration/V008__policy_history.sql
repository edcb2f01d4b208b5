-- Every change of a policy, for ever. The table policy has what was last set in each; what a later change of a wider one
-- cleared in it stands only here, so that clearing a rule in thousands of policies is one row.
CREATE TABLE policy_history (
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant,
    -- The tenant's revision of the change.
    revision        bigint      NOT NULL,
    change_time     timestamptz NOT NULL,
    actor           text        NOT NULL,
    scope           text COLLATE "C" NOT NULL,
    scope_id        text COLLATE "C" NOT NULL,
    channel         text COLLATE "C" NOT NULL,
    direction       text COLLATE "C" NOT NULL,
    -- The rules that it set before and after; none where there was no policy.
    rules_before    jsonb       NOT NULL,
    rules_after     jsonb       NOT NULL,
    -- What it cleared in narrower policies: the names of the rules, and with scope TEAM the agents. Null: nothing.
    reset           jsonb,
    -- Whether that was taken back.
    reset_revoked   boolean     NOT NULL DEFAULT false,
    -- In how many policies, and for how many agents a rule changed.
    reset_count     integer     NOT NULL DEFAULT 0,
    affected_agents integer     NOT NULL DEFAULT 0,
    -- The revisions whose clearing this change took back, with commas between them.
    taken_back      text        NOT NULL DEFAULT '',
    -- The revision that a rollback went back to.
    rolled_back_to  bigint,
    -- The request that asked for it, if it had a name.
    request_id      uuid,
    fingerprint     text,
    PRIMARY KEY (tenant_id, revision)
);

CREATE UNIQUE INDEX policy_history_request ON policy_history (tenant_id, request_id) WHERE request_id IS NOT NULL;
CREATE INDEX policy_history_policy ON policy_history (tenant_id, scope, scope_id, revision);
CREATE INDEX policy_history_reset ON policy_history (tenant_id, revision) WHERE reset IS NOT NULL;

INSERT INTO policy_history (tenant_id, revision, change_time, actor, scope, scope_id, channel, direction,
    rules_before, rules_after)
SELECT tenant_id, revision, update_time, 'aftercall', scope, scope_id, channel, direction, '{}', rules
FROM policy;
