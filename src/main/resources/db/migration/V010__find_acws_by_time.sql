-- Rows come in the order of their end, so that a few bytes for each stretch of the table find a period.
CREATE INDEX acw_end ON acw USING brin (end_time) WITH (autosummarize = on);
