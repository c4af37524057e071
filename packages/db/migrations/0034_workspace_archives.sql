ALTER TABLE "imports" DROP CONSTRAINT "imports_place";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "imported_email" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_place" CHECK (kind <> 'tasks' or "imports"."project_id" is not null);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_imported" CHECK ("users"."imported_email" is null or "users"."erased_at" is not null);