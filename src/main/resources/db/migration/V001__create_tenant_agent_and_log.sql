-- A customer of the installation. Its row numbers its changes: whoever holds its lock commits next.
CREATE TABLE tenant (
    tenant_id       text COLLATE "C" PRIMARY KEY,
    -- The name of the history that the revisions count.
    epoch           uuid   NOT NULL DEFAULT gen_random_uuid(),
    -- The last revision given out.
    revision        bigint NOT NULL DEFAULT 0,
    -- The revision at which a policy last changed.
    policy_revision bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

INSERT INTO tenant (tenant_id) VALUES ('default');

-- The tables below have no foreign key to tenant: each insert would lock the one row that everybody updates.

-- Everything about an agent that is not settled: presence, live interactions, open ACWs.
CREATE TABLE agent (
    tenant_id text COLLATE "C" NOT NULL,
    agent_id  text COLLATE "C" NOT NULL,
    -- Counts the changes of this agent; 0 only inside the transaction that registers it.
    version   bigint NOT NULL,
    -- The tenant's revision at which it last changed.
    revision  bigint NOT NULL,
    -- When something happens by itself: a warning, the end of an ACW or of a rest.
    due_time  timestamptz,
    state     jsonb  NOT NULL,
    PRIMARY KEY (tenant_id, agent_id)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);

CREATE INDEX agent_due ON agent (tenant_id, due_time) WHERE due_time IS NOT NULL;

-- What is settled about the ACW of an agent for an interaction: one row for ever.
CREATE TABLE acw (
    tenant_id              text COLLATE "C" NOT NULL,
    agent_id               text COLLATE "C" NOT NULL,
    interaction_id         text COLLATE "C" NOT NULL,
    outcome                text NOT NULL CHECK (outcome IN ('ENDED', 'NOT_REQUIRED', 'COMPLETED_EARLY')),
    -- How often the wrap-up was written.
    wrap_up_revision       integer NOT NULL,
    -- The interaction; not known for COMPLETED_EARLY.
    channel                text,
    direction              text,
    interaction_outcome    text,
    queue_id               text,
    customer_id            text,
    interaction_start_time timestamptz,
    answer_time            timestamptz,
    interaction_end_time   timestamptz,
    hold_duration          interval,
    -- The ACW; only for ENDED.
    acw_id                 uuid,
    start_time             timestamptz,
    deadline_time          timestamptz,
    extensions_used        integer,
    end_reason             text,
    -- The rules that it kept, where they differ from the defaults.
    policy                 jsonb,
    policy_revision        bigint,
    -- Only for NOT_REQUIRED.
    not_required_reason    text,
    editable_until         timestamptz,
    -- When it was settled: for an ENDED one that timed out, its deadline.
    end_time               timestamptz NOT NULL,
    ended_by               text,
    PRIMARY KEY (tenant_id, agent_id, interaction_id)
);

-- What agents wrote. Every revision is kept.
CREATE TABLE wrap_up (
    tenant_id        text COLLATE "C" NOT NULL,
    agent_id         text COLLATE "C" NOT NULL,
    interaction_id   text COLLATE "C" NOT NULL,
    wrap_up_revision integer     NOT NULL,
    write_time       timestamptz NOT NULL,
    disposition_code text,
    notes            text        NOT NULL,
    tags             text[]      NOT NULL,
    PRIMARY KEY (tenant_id, agent_id, interaction_id, wrap_up_revision)
);

-- Every change of a tenant, numbered densely in the order of commits. Without an agent: policies changed.
CREATE TABLE change_log (
    tenant_id       text COLLATE "C" NOT NULL,
    revision        bigint      NOT NULL,
    change_time     timestamptz NOT NULL,
    cause           text        NOT NULL,
    actor           text        NOT NULL,
    agent_id        text COLLATE "C",
    version         bigint,
    previous_status text,
    interaction_id  text,
    acw_id          uuid,
    end_reason      text,
    -- The agent afterwards.
    state           jsonb,
    PRIMARY KEY (tenant_id, revision)
);

-- What accepted requests with an id were told; kept for 24 h.
CREATE TABLE command_request (
    tenant_id   text COLLATE "C" NOT NULL,
    request_id  uuid        NOT NULL,
    -- Of the content: the same id with another one is refused.
    fingerprint text        NOT NULL,
    accept_time timestamptz NOT NULL,
    -- The revision of the agent in the reply.
    revision    bigint      NOT NULL,
    reply       jsonb       NOT NULL,
    PRIMARY KEY (tenant_id, request_id)
);

CREATE INDEX command_request_age ON command_request (accept_time);
