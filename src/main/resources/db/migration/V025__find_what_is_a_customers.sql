-- What was promised in an interaction of which it was not known whose it is.
CREATE INDEX follow_up_interaction ON follow_up (tenant_id, interaction_id)
    WHERE customer_id IS NULL AND interaction_id IS NOT NULL;
