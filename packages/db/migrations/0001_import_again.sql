DROP INDEX "imports_project";--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "source_fields" jsonb;--> statement-breakpoint
CREATE INDEX "import_files_person" ON "import_files" USING btree ("uploaded_by");--> statement-breakpoint
CREATE INDEX "import_files_created" ON "import_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "imports_unfinished" ON "imports" USING btree ("created_at") WHERE state not in ('done', 'failed');--> statement-breakpoint
CREATE INDEX "imports_project" ON "imports" USING btree ("project_id","created_at");