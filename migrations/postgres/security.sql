-- Run after every migration, idempotent: row-level security on every table with a tenant, rights of the two roles,
-- notifications for what hosts cache. {app} and {system} are the role names.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns
           WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_name <> 'outbox_mails'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %I', t.table_name);
    EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t.table_name);
  END LOOP;
END $$;

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant ON tenants;
CREATE POLICY tenant ON tenants USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid);

-- Mails to people who have no tenant yet can be written by anyone and read by nobody but the sender.
ALTER TABLE outbox_mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox_mails FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant ON outbox_mails;
CREATE POLICY tenant ON outbox_mails USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
DROP POLICY IF EXISTS write_before_tenant ON outbox_mails;
CREATE POLICY write_before_tenant ON outbox_mails FOR INSERT WITH CHECK (tenant_id IS NULL);

GRANT USAGE ON SCHEMA public TO {app}, {system};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}, {system};
-- What was published and what the log says is never changed; it goes with its site, which is the owner's right.
REVOKE UPDATE, DELETE ON tag_versions, tag_changes FROM {app}, {system};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}, {system};
GRANT USAGE ON SCHEMA pipeline TO {system};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pipeline TO {system};
GRANT USAGE ON SCHEMA hangfire TO {system};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA hangfire TO {system};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA hangfire TO {system};

CREATE OR REPLACE FUNCTION notify_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], '');
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS notify_change ON sites;
CREATE TRIGGER notify_change AFTER INSERT OR UPDATE OR DELETE ON sites FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON channel_rules;
CREATE TRIGGER notify_change AFTER INSERT OR DELETE ON channel_rules FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON shields;
CREATE TRIGGER notify_change AFTER INSERT OR UPDATE OR DELETE ON shields FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON tag_environments;
CREATE TRIGGER notify_change AFTER INSERT OR UPDATE OR DELETE ON tag_environments FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON tag_containers;
CREATE TRIGGER notify_change AFTER INSERT OR UPDATE OF stopped OR DELETE ON tag_containers FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON tenants;
CREATE TRIGGER notify_change AFTER UPDATE OR DELETE ON tenants FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON api_keys;
CREATE TRIGGER notify_change AFTER INSERT OR UPDATE OR DELETE ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON outbox_mails;
CREATE TRIGGER notify_change AFTER INSERT ON outbox_mails FOR EACH STATEMENT EXECUTE FUNCTION notify_change('mails');
DROP TRIGGER IF EXISTS notify_change ON pipeline.chunk_replays;
CREATE TRIGGER notify_change AFTER INSERT ON pipeline.chunk_replays FOR EACH STATEMENT EXECUTE FUNCTION notify_change('replays');
DROP TRIGGER IF EXISTS notify_change ON alert_rules;
CREATE TRIGGER notify_change AFTER INSERT OR DELETE OR UPDATE ON alert_rules FOR EACH STATEMENT EXECUTE FUNCTION notify_change('sites');
DROP TRIGGER IF EXISTS notify_change ON alert_deliveries;
CREATE TRIGGER notify_change AFTER INSERT OR UPDATE OF due_at ON alert_deliveries FOR EACH STATEMENT EXECUTE FUNCTION notify_change('deliveries');
