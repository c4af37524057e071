DROP INDEX "imports_unfinished";--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "project_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "kind" text NOT NULL DEFAULT 'tasks';--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "kind" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "root_id" uuid;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_parent_id_documents_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
INSERT INTO imports (id, workspace_id, kind, project_id, parent_id, file_ids, mode, state, attempts, done, total, root_id, report, error, created_by, created_at, finished_at)
SELECT id, workspace_id, 'documents', project_id, parent_id, ARRAY[file_id], 'real', state, attempts, done, total, root_id, report, error, created_by, created_at, finished_at
FROM document_imports ON CONFLICT DO NOTHING;--> statement-breakpoint
DROP TABLE "document_imports" CASCADE;--> statement-breakpoint
CREATE INDEX "imports_workspace" ON "imports" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "imports_parent" ON "imports" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "imports_unfinished" ON "imports" USING btree ("created_at") WHERE state in ('waiting', 'reading', 'writing');--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_place" CHECK (kind = 'documents' or "imports"."project_id" is not null);--> statement-breakpoint
-- Changes carry the row as today's pages know it.
UPDATE changes SET row =
  jsonb_set(row, '{json}', '{"kind": "tasks", "parentId": null, "rootId": null}'::jsonb || (row -> 'json'))
WHERE entity = 'import' AND row IS NOT NULL;
