-- What routers last reported of a queue's load.
CREATE TABLE queue_pressure (
    tenant_id     text COLLATE "C" NOT NULL REFERENCES tenant,
    queue_id      text COLLATE "C" NOT NULL,
    waiting_count integer     NOT NULL,
    longest_wait  interval    NOT NULL,
    report_time   timestamptz NOT NULL,
    -- Whether it counts as under pressure, and the tenant's revision at which that last changed; 0 if never.
    pressed       boolean     NOT NULL DEFAULT false,
    revision      bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, queue_id)
) WITH (fillfactor = 50);

-- By how much queue pressure shortened it.
ALTER TABLE acw ADD COLUMN shortened_duration interval;
