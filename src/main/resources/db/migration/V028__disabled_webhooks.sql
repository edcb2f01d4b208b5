-- Since when a webhook is disabled, and why; null while it is enabled, and of those that were disabled before.
ALTER TABLE webhook
    ADD COLUMN disable_time timestamptz,
    ADD COLUMN disable_reason text CHECK (disable_reason IN ('REQUESTED', 'GONE'));
