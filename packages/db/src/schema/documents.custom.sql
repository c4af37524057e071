-- Narrow rows: words lie beside them and are read by their index alone.
ALTER TABLE "search_entries" SET (toast_tuple_target = 256, fillfactor = 80);
--> statement-breakpoint
ALTER TABLE "search_entries" ALTER COLUMN "title_words" SET STORAGE MAIN;
--> statement-breakpoint
-- Note what search has to read again, whoever changed it; which columns are worth it stands at the
-- triggers. TG_ARGV: the kind, and whether the text may be another.
CREATE OR REPLACE FUNCTION search_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (kind, id, words)
  VALUES (TG_ARGV[0], CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END, TG_ARGV[1]::boolean);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_note_assignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (kind, id, words)
  VALUES ('task', CASE TG_OP WHEN 'DELETE' THEN OLD.task_id ELSE NEW.task_id END, false);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_note_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (kind, id, words) VALUES ('document', NEW.document_id, true);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- The same bytes may stand in several places, each with a reader of its own.
CREATE OR REPLACE FUNCTION search_note_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (kind, id, words) SELECT 'file', id, true FROM files WHERE object_id = NEW.object_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- What hangs on a task or a document goes where it goes, and is gone while it is.
CREATE OR REPLACE FUNCTION search_note_hanging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'tasks' THEN
    INSERT INTO search_queue (kind, id, words)
    SELECT 'comment', id, false FROM comments WHERE task_id = NEW.id
    UNION ALL SELECT 'file', id, false FROM files WHERE task_id = NEW.id;
  ELSE
    INSERT INTO search_queue (kind, id, words)
    SELECT 'documentComment', c.id, false FROM document_comments c
    JOIN document_threads t ON t.id = c.thread_id WHERE t.document_id = NEW.id
    UNION ALL SELECT 'file', id, false FROM files WHERE document_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR DELETE OR UPDATE OF title, description, deleted_at ON tasks
  FOR EACH ROW EXECUTE FUNCTION search_note('task', 'true');
--> statement-breakpoint
CREATE TRIGGER search_facts AFTER UPDATE OF status_id, project_id, archived_at, updated_at ON tasks
  FOR EACH ROW WHEN (OLD.title = NEW.title AND OLD.deleted_at IS NOT DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION search_note('task', 'false');
--> statement-breakpoint
CREATE TRIGGER search_hanging AFTER UPDATE OF project_id, archived_at, deleted_at ON tasks
  FOR EACH ROW WHEN (OLD.project_id <> NEW.project_id OR OLD.archived_at IS DISTINCT FROM NEW.archived_at
    OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at) EXECUTE FUNCTION search_note_hanging();
--> statement-breakpoint
CREATE TRIGGER search_facts AFTER INSERT OR DELETE ON task_assignees
  FOR EACH ROW EXECUTE FUNCTION search_note_assignee();
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR DELETE OR UPDATE OF body, deleted_at ON comments
  FOR EACH ROW EXECUTE FUNCTION search_note('comment', 'true');
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR DELETE OR UPDATE OF title, deleted_at ON documents
  FOR EACH ROW EXECUTE FUNCTION search_note('document', 'true');
--> statement-breakpoint
CREATE TRIGGER search_facts AFTER UPDATE OF project_id, scope_path, archived_at, updated_at, updated_by ON documents
  FOR EACH ROW WHEN (OLD.title = NEW.title AND OLD.deleted_at IS NOT DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION search_note('document', 'false');
--> statement-breakpoint
CREATE TRIGGER search_hanging AFTER UPDATE OF project_id, scope_path, archived_at, deleted_at ON documents
  FOR EACH ROW WHEN (OLD.project_id IS DISTINCT FROM NEW.project_id OR OLD.scope_path <> NEW.scope_path
    OR OLD.archived_at IS DISTINCT FROM NEW.archived_at OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION search_note_hanging();
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR UPDATE OF text ON document_texts
  FOR EACH ROW EXECUTE FUNCTION search_note_text();
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR DELETE OR UPDATE OF body, deleted_at ON document_comments
  FOR EACH ROW EXECUTE FUNCTION search_note('documentComment', 'true');
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR DELETE OR UPDATE OF name, object_id, document_id, task_id, project_id, deleted_at ON files
  FOR EACH ROW EXECUTE FUNCTION search_note('file', 'true');
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR UPDATE OF text ON file_texts
  FOR EACH ROW EXECUTE FUNCTION search_note_content();
--> statement-breakpoint
-- What was there before search knew of it.
INSERT INTO search_queue (kind, id, words) SELECT 'task', id, true FROM tasks WHERE deleted_at IS NULL;
--> statement-breakpoint
INSERT INTO search_queue (kind, id, words) SELECT 'comment', id, true FROM comments WHERE deleted_at IS NULL;
