CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"action" text NOT NULL,
	"workspace_id" uuid,
	"actor_id" uuid,
	"actor_name" text,
	"credential" text NOT NULL,
	"token_id" uuid,
	"address" text,
	"user_agent" text,
	"subject_id" uuid,
	"subject_name" text,
	"before" jsonb,
	"after" jsonb,
	"times" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "audit_entries_credential" CHECK ("audit_entries"."credential" in ('session', 'token', 'system', 'none'))
);
--> statement-breakpoint
CREATE TABLE "instance_settings" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"registration" text,
	"registration_domains" text[],
	"passwords_off_domains" text[],
	"second_factor_required" boolean,
	"session_minutes" integer,
	"audit_keep_days" integer,
	"workspace_files_gb" integer,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "instance_settings_one" CHECK ("instance_settings"."id" = 1),
	CONSTRAINT "instance_settings_registration" CHECK ("instance_settings"."registration" in ('open', 'invite', 'closed'))
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_administrator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deactivated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_used_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_workspace" ON "audit_entries" USING btree ("workspace_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor_id","at");
--> statement-breakpoint
-- Somebody answers for this server: of one that is upgraded, whoever was there first.
UPDATE "users" SET "is_administrator" = true
  WHERE "id" = (SELECT "id" FROM "users" ORDER BY "created_at", "id" LIMIT 1);--> statement-breakpoint
-- Append-only. What is no longer kept is deleted by housekeeping alone, which says so in its
-- transaction, and only what is older than the least time that can be set.
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('guildhall.audit_retention', true) = 'on'
    AND OLD.at < now() - interval '29 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION audit_append_only();--> statement-breakpoint
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
