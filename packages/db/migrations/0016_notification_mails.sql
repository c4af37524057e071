CREATE TABLE "notification_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_mails_state" CHECK ("notification_mails"."state" in ('waiting', 'sent', 'empty', 'refused'))
);
--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD COLUMN "mail_rhythm" text DEFAULT 'soon' NOT NULL;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD COLUMN "digest_hour" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD COLUMN "mail_refusal" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "mail_waits" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "mail_id" uuid;--> statement-breakpoint
ALTER TABLE "notification_mails" ADD CONSTRAINT "notification_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_mails" ADD CONSTRAINT "notification_mails_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_mails_person" ON "notification_mails" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "notification_mails_workspace" ON "notification_mails" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "notification_mails_waiting" ON "notification_mails" USING btree ("next_try_at") WHERE state = 'waiting';--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_mail_id_notification_mails_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."notification_mails"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_reactions_user" ON "comment_reactions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notifications_actor" ON "notifications" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "notifications_mail_waits" ON "notifications" USING btree ("user_id","workspace_id") WHERE mail_waits;--> statement-breakpoint
CREATE INDEX "notifications_mail" ON "notifications" USING btree ("mail_id") WHERE mail_id is not null;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_mail_rhythm" CHECK ("notification_preferences"."mail_rhythm" in ('soon', 'daily', 'weekly'));--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_digest_hour" CHECK ("notification_preferences"."digest_hour" between 0 and 23);