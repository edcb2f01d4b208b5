-- Divides the tables of a migrated database among the nodes of Citus by tenant, so that all that one tenant has is on one
-- node. The server has not run on Citus yet: see docs/operations.md, "When one database is not enough".
--
-- In psql, by a superuser, on the coordinator, with the servers stopped:
--
--     psql --single-transaction -v ON_ERROR_STOP=1 -f citus.sql aftercall

-- A table that is not distributed may not point to one that is. They come back below.
ALTER TABLE policy DROP CONSTRAINT policy_tenant_id_fkey;
ALTER TABLE policy_history DROP CONSTRAINT policy_history_tenant_id_fkey;
ALTER TABLE queue_pressure DROP CONSTRAINT queue_pressure_tenant_id_fkey;
ALTER TABLE disposition DROP CONSTRAINT disposition_tenant_id_fkey;
ALTER TABLE webhook DROP CONSTRAINT webhook_tenant_id_fkey;
ALTER TABLE email_template DROP CONSTRAINT email_template_tenant_id_fkey;
ALTER TABLE disposition DROP CONSTRAINT disposition_tenant_id_parent_code_fkey;

SELECT create_distributed_table('tenant', 'tenant_id');
SELECT create_distributed_table('acw', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('agent', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('audit_chain', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('audit_event', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('change_log', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('command_request', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('credential_revocation', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('delivery', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('disposition', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('email_template', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('follow_up', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('follow_up_revision', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('outlet_pause', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('policy', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('policy_history', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('queue_pressure', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('report_entry', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('report_hour', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('webhook', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('wrap_up', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('wrap_up_revision', 'tenant_id', colocate_with => 'tenant');
SELECT create_distributed_table('wrap_up_tag', 'tenant_id', colocate_with => 'tenant');

ALTER TABLE policy ADD CONSTRAINT policy_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant(tenant_id);
ALTER TABLE policy_history ADD CONSTRAINT policy_history_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant(tenant_id);
ALTER TABLE queue_pressure ADD CONSTRAINT queue_pressure_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant(tenant_id);
ALTER TABLE disposition ADD CONSTRAINT disposition_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant(tenant_id);
ALTER TABLE webhook ADD CONSTRAINT webhook_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant(tenant_id);
ALTER TABLE email_template ADD CONSTRAINT email_template_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenant(tenant_id);
ALTER TABLE disposition ADD CONSTRAINT disposition_tenant_id_parent_code_fkey
    FOREIGN KEY (tenant_id, parent_code) REFERENCES disposition(tenant_id, code) DEFERRABLE INITIALLY DEFERRED;

-- replica and flyway_schema_history are of no tenant, small, and joined with nothing: they stay on the coordinator.
