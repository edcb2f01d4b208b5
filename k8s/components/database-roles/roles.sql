-- The roles that the server works with; a superuser creates them once in a cluster, before the first start. May be
-- repeated. The embedded database does it by itself; elsewhere, in psql:
--
--     \i roles.sql
--     ALTER ROLE aftercall_owner LOGIN PASSWORD '…';
--     ALTER ROLE aftercall LOGIN PASSWORD '…';
--     CREATE DATABASE aftercall OWNER aftercall_owner;
--
-- aftercall_owner owns the tables and migrates them. aftercall is whom the server connects as: it may do nothing by
-- itself, and puts on one of the others for each transaction.
DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['aftercall_owner', 'aftercall',
        -- Works on one tenant, the one that the transaction names; sees the rows of no other.
        'aftercall_app',
        -- Sees where every tenant's log ends, and nothing else.
        'aftercall_feed',
        -- Sees for which agents something is due when, and nothing else.
        'aftercall_sweep',
        -- Forgets what is old. Owns the log of changes, as that is how its days go.
        'aftercall_retention',
        -- Owns the function that finds wrap-ups by their words, and is put on by nobody.
        'aftercall_search',
        -- Creates tenants, and deletes what there is of the one that the transaction names.
        'aftercall_tenants'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
    END LOOP;
END $$;

GRANT aftercall_app, aftercall_feed, aftercall_sweep, aftercall_retention, aftercall_tenants
    TO aftercall WITH INHERIT FALSE, SET TRUE;
GRANT aftercall_retention, aftercall_search TO aftercall_owner WITH INHERIT TRUE, SET TRUE;
