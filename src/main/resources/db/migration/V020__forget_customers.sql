-- Whoever is to be forgotten has to be found.
CREATE INDEX acw_customer ON acw (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX follow_up_closed ON follow_up (tenant_id, update_time) WHERE state <> 'OPEN';

GRANT UPDATE (customer_id) ON acw TO aftercall_app;
GRANT DELETE ON wrap_up_revision, follow_up, follow_up_revision TO aftercall_app;

-- After how many days what agents write is forgotten; empty for what the installation says.
ALTER TABLE tenant ADD COLUMN retention_days integer;
GRANT UPDATE (retention_days) ON tenant TO aftercall_tenants;
