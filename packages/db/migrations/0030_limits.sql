ALTER TABLE "instance_settings" ADD COLUMN "upload_mb" integer;--> statement-breakpoint
ALTER TABLE "instance_settings" ADD COLUMN "connections_per_person" integer;--> statement-breakpoint
ALTER TABLE "instance_settings" ADD COLUMN "messages_per_second" integer;--> statement-breakpoint
ALTER TABLE "instance_settings" ADD COLUMN "sign_in_tries" integer;--> statement-breakpoint
ALTER TABLE "instance_settings" ADD COLUMN "invitations_per_quarter_hour" integer;--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","at","id");