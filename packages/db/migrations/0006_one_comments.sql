ALTER TABLE "comments" ALTER COLUMN "task_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "thread_id" uuid;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_document_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."document_threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_thread" ON "comments" USING btree ("thread_id","created_at");--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_subject" CHECK (num_nonnulls("comments"."task_id", "comments"."thread_id") = 1);--> statement-breakpoint
INSERT INTO comments (id, thread_id, author_id, body, created_at, edited_at, deleted_at)
SELECT id, thread_id, author_id, body, created_at, edited_at, deleted_at FROM document_comments;--> statement-breakpoint
DROP TABLE document_comments;--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_note_hanging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'tasks' THEN
    INSERT INTO search_queue (kind, id, words)
    SELECT 'comment', id, false FROM comments WHERE task_id = NEW.id
    UNION ALL SELECT 'file', id, false FROM files WHERE task_id = NEW.id;
  ELSE
    INSERT INTO search_queue (kind, id, words)
    SELECT 'comment', c.id, false FROM comments c
    JOIN document_threads t ON t.id = c.thread_id WHERE t.document_id = NEW.id
    UNION ALL SELECT 'file', id, false FROM files WHERE document_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
-- What search knew under the other kind: the copied rows were noted above, and an index outside begins afresh.
DELETE FROM search_entries WHERE kind = 'documentComment';--> statement-breakpoint
DELETE FROM search_queue WHERE kind = 'documentComment';--> statement-breakpoint
DELETE FROM search_log WHERE kind = 'documentComment';--> statement-breakpoint
UPDATE search_cursors SET n = NULL;--> statement-breakpoint
-- Changes carry the row as today's pages know it, and a retried edit of before is the one of now.
UPDATE changes SET entity = 'comment', row = CASE WHEN row IS NULL THEN NULL ELSE
  jsonb_set(row, '{json}', '{"taskId": null, "sourceAuthor": null}'::jsonb || (row -> 'json')) END
WHERE entity = 'documentComment';--> statement-breakpoint
UPDATE changes SET row =
  jsonb_set(row, '{json}', '{"threadId": null, "documentId": null}'::jsonb || (row -> 'json'))
WHERE entity = 'comment' AND row IS NOT NULL AND NOT row -> 'json' ? 'threadId';--> statement-breakpoint
UPDATE mutations SET path = CASE path
  WHEN 'documentComments.reply' THEN 'comments.create'
  WHEN 'documentComments.update' THEN 'comments.update'
  WHEN 'documentComments.delete' THEN 'comments.delete'
  WHEN 'documentComments.restore' THEN 'comments.restore'
  ELSE replace(path, 'documentComments.', 'threads.') END
WHERE path LIKE 'documentComments.%';
