ALTER TABLE "document_members" ADD CONSTRAINT "document_members_role" CHECK ("document_members"."role" in ('owner', 'editor', 'viewer'));--> statement-breakpoint
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_role" CHECK ("project_members"."role" in ('owner', 'editor', 'viewer'));--> statement-breakpoint
ALTER TABLE "statuses" ADD CONSTRAINT "statuses_category" CHECK ("statuses"."category" in ('backlog', 'unstarted', 'started', 'completed', 'cancelled'));--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_priority" CHECK ("tasks"."priority" in ('none', 'low', 'medium', 'high', 'urgent'));--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('owner', 'editor', 'viewer'));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_role" CHECK ("members"."role" in ('owner', 'editor', 'viewer'));