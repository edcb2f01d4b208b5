-- Whether the agent asked for it; not known for what was settled before.
ALTER TABLE acw ADD COLUMN acw_requested boolean;
-- Why a supervisor ended it.
ALTER TABLE acw ADD COLUMN force_reason text;
