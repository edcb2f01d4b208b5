-- What cannot be read is kept for whoever looks into it, and does not keep the rest from being added up.

-- Reports count it as soon as a server can read it; false has it added up again.
ALTER TABLE report_entry ADD COLUMN set_aside boolean NOT NULL DEFAULT false;
GRANT SELECT (set_aside) ON report_entry TO aftercall_sweep;

-- The figures as they stood, of an hour that was begun anew; null for every other.
ALTER TABLE report_hour ADD COLUMN unreadable bytea;

-- When the clock of an ACW stood; null if it never did, and of ACWs that ended before.
ALTER TABLE acw ADD COLUMN pauses json;
