CREATE TABLE "document_groups" (
	"document_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "document_groups_document_id_group_id_pk" PRIMARY KEY("document_id","group_id"),
	CONSTRAINT "document_groups_role" CHECK ("document_groups"."role" in ('owner', 'editor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"managed_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_members_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"handle" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"color" text,
	"role" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "groups_role" CHECK ("groups"."role" in ('owner', 'editor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "project_groups" (
	"project_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "project_groups_project_id_group_id_pk" PRIMARY KEY("project_id","group_id"),
	CONSTRAINT "project_groups_role" CHECK ("project_groups"."role" in ('owner', 'editor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "task_assignee_groups" (
	"task_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	CONSTRAINT "task_assignee_groups_task_id_group_id_pk" PRIMARY KEY("task_id","group_id")
);
--> statement-breakpoint
ALTER TABLE "document_members" ADD COLUMN "personal_role" text;--> statement-breakpoint
UPDATE "document_members" SET "personal_role" = "role";--> statement-breakpoint
ALTER TABLE "project_members" ADD COLUMN "personal_role" text;--> statement-breakpoint
UPDATE "project_members" SET "personal_role" = "role";--> statement-breakpoint
ALTER TABLE "deleted_members" ADD COLUMN "personal_role" text;--> statement-breakpoint
UPDATE "deleted_members" SET "personal_role" = "role";--> statement-breakpoint
ALTER TABLE "deleted_members" ALTER COLUMN "personal_role" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "personal_role" text;--> statement-breakpoint
UPDATE "members" SET "personal_role" = "role";--> statement-breakpoint
ALTER TABLE "members" ALTER COLUMN "personal_role" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document_groups" ADD CONSTRAINT "document_groups_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_groups" ADD CONSTRAINT "document_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_groups" ADD CONSTRAINT "project_groups_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_groups" ADD CONSTRAINT "project_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_assignee_groups" ADD CONSTRAINT "task_assignee_groups_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_assignee_groups" ADD CONSTRAINT "task_assignee_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_groups_group" ON "document_groups" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "group_members_member" ON "group_members" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_name" ON "groups" USING btree ("workspace_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "groups_handle" ON "groups" USING btree ("workspace_id","handle");--> statement-breakpoint
CREATE INDEX "project_groups_group" ON "project_groups" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "task_assignee_groups_group" ON "task_assignee_groups" USING btree ("group_id");--> statement-breakpoint
ALTER TABLE "document_members" ADD CONSTRAINT "document_members_personal_role" CHECK ("document_members"."personal_role" in ('owner', 'editor', 'viewer'));--> statement-breakpoint
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_personal_role" CHECK ("project_members"."personal_role" in ('owner', 'editor', 'viewer'));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_personal_role" CHECK ("members"."personal_role" in ('owner', 'editor', 'viewer', 'guest'));--> statement-breakpoint
-- Who comes to a deleted workspace waits with both of their roles.
CREATE OR REPLACE FUNCTION members_of_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM workspaces w WHERE w.id = NEW.workspace_id AND w.deleted_at IS NOT NULL) THEN
    INSERT INTO deleted_members (workspace_id, user_id, role, personal_role)
      VALUES (NEW.workspace_id, NEW.user_id, NEW.role, NEW.personal_role)
      ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = excluded.role, personal_role = excluded.personal_role;
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
