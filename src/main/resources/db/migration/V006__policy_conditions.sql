-- A policy may hold only for interactions of a channel or of a direction; empty means of any.
ALTER TABLE policy ADD COLUMN channel text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN direction text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE policy DROP CONSTRAINT policy_pkey;
ALTER TABLE policy ADD PRIMARY KEY (tenant_id, scope, scope_id, channel, direction);
