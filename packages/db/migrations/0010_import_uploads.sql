ALTER TABLE "file_uploads" ADD COLUMN "for_import" uuid;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD COLUMN "finished_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_for_import_workspaces_id_fk" FOREIGN KEY ("for_import") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_uploads_import" ON "file_uploads" USING btree ("for_import");--> statement-breakpoint
-- What an import needs that was begun before. The rest is nobody's any more, and `file_puts` knows its bytes.
INSERT INTO file_uploads (id, workspace_id, for_import, name, size, object_id, upload, created_by, created_at, finished_at)
SELECT DISTINCT ON (f.id) f.id, i.workspace_id, i.workspace_id, f.name, f.size, f.id, '', f.uploaded_by, f.created_at, f.created_at
FROM import_files f JOIN imports i ON f.id = ANY(i.file_ids)
WHERE f.content IS NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
DROP TABLE "import_files" CASCADE;
