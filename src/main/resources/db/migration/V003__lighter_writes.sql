-- Documents are read whole and never searched: text spares taking them apart at every write.
ALTER TABLE agent ALTER COLUMN state TYPE json;
ALTER TABLE change_log ALTER COLUMN state TYPE json;
ALTER TABLE acw ALTER COLUMN policy TYPE json;
ALTER TABLE command_request ALTER COLUMN reply TYPE json;

-- Every change moves due_time: with an index on it none of the updates could stay on its page (HOT). Deadlines are kept
-- by timers in memory; only the sweep behind them looks for due_time here, and reads the table.
DROP INDEX agent_due;

-- Rows of the log never change and go all together: nothing to vacuum them for.
ALTER TABLE change_log SET (autovacuum_vacuum_insert_threshold = -1);
