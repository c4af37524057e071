ALTER TABLE "deleted_members" DROP CONSTRAINT "deleted_members_role";--> statement-breakpoint
ALTER TABLE "invitations" DROP CONSTRAINT "invitations_role";--> statement-breakpoint
ALTER TABLE "members" DROP CONSTRAINT "members_role";--> statement-breakpoint
ALTER TABLE "deleted_members" ADD CONSTRAINT "deleted_members_role" CHECK ("deleted_members"."role" in ('owner', 'editor', 'viewer', 'guest'));--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_role" CHECK ("invitations"."role" in ('owner', 'editor', 'viewer', 'guest'));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_role" CHECK ("members"."role" in ('owner', 'editor', 'viewer', 'guest'));