CREATE TABLE "document_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"project_id" uuid,
	"parent_id" uuid,
	"file_id" uuid NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"root_id" uuid,
	"report" jsonb,
	"error" jsonb,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "document_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"author_id" uuid,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "document_favourites" (
	"user_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"rank" text COLLATE "C" NOT NULL,
	CONSTRAINT "document_favourites_user_id_document_id_pk" PRIMARY KEY("user_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "document_links" (
	"document_id" uuid NOT NULL,
	"target" text NOT NULL,
	"target_id" uuid NOT NULL,
	CONSTRAINT "document_links_document_id_target_target_id_pk" PRIMARY KEY("document_id","target","target_id")
);
--> statement-breakpoint
CREATE TABLE "document_members" (
	"document_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "document_members_document_id_user_id_pk" PRIMARY KEY("document_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "document_snapshots" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"state" "bytea" NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_texts" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"text" text NOT NULL,
	"word_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_threads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"anchor" jsonb NOT NULL,
	"quote" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" uuid
);
--> statement-breakpoint
CREATE TABLE "document_updates" (
	"document_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid NOT NULL,
	"update" "bytea" NOT NULL,
	"actor_id" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_updates_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "document_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"name" text,
	"state" "bytea" NOT NULL,
	"author_ids" uuid[] NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_visits" (
	"user_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_visits_user_id_document_id_pk" PRIMARY KEY("user_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"project_id" uuid,
	"parent_id" uuid,
	"kind" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"icon" text,
	"rank" text COLLATE "C" NOT NULL,
	"visibility" text DEFAULT 'inherited' NOT NULL,
	"scope_path" uuid[] DEFAULT '{}'::uuid[] NOT NULL,
	"is_template" boolean DEFAULT false NOT NULL,
	"update_seq" bigint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"source_name" text,
	"front_matter" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"archived_by" uuid,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by" uuid,
	CONSTRAINT "documents_title_length" CHECK (char_length("documents"."title") <= 500)
);
--> statement-breakpoint
CREATE TABLE "file_objects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"sha256" text,
	"size" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tended_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"preview" text DEFAULT 'waiting' NOT NULL,
	"thumbnail_key" uuid,
	"thumbnail_size" integer,
	"width" integer,
	"height" integer
);
--> statement-breakpoint
CREATE TABLE "file_puts" (
	"object_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file_texts" (
	"object_id" uuid PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "file_upload_parts" (
	"upload_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"size" integer NOT NULL,
	"tag" text NOT NULL,
	CONSTRAINT "file_upload_parts_upload_id_n_pk" PRIMARY KEY("upload_id","n")
);
--> statement-breakpoint
CREATE TABLE "file_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"document_id" uuid,
	"task_id" uuid,
	"project_id" uuid,
	"replaces" uuid,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"object_id" uuid NOT NULL,
	"upload" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"joining_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "file_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"object_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"document_id" uuid,
	"task_id" uuid,
	"project_id" uuid,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by" uuid,
	CONSTRAINT "files_place" CHECK (num_nonnulls("files"."document_id", "files"."task_id", "files"."project_id") = 1),
	CONSTRAINT "files_name_length" CHECK (octet_length("files"."name") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "search_cursors" (
	"target" text PRIMARY KEY NOT NULL,
	"n" bigint,
	"held_by" uuid,
	"held_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "search_entries" (
	"kind" text NOT NULL,
	"id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"area_id" uuid,
	"project_id" uuid,
	"person_ids" uuid[] NOT NULL,
	"state" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"title_words" "tsvector" NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "search_entries_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "search_log" (
	"n" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_log_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_queue" (
	"n" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_queue_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"id" uuid NOT NULL,
	"words" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"workspace_id" uuid NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "search_words_workspace_id_word_pk" PRIMARY KEY("workspace_id","word")
);
--> statement-breakpoint
DROP INDEX "tasks_title";--> statement-breakpoint
ALTER TABLE "document_imports" ADD CONSTRAINT "document_imports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_imports" ADD CONSTRAINT "document_imports_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_imports" ADD CONSTRAINT "document_imports_parent_id_documents_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_imports" ADD CONSTRAINT "document_imports_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_comments" ADD CONSTRAINT "document_comments_thread_id_document_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."document_threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_comments" ADD CONSTRAINT "document_comments_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_favourites" ADD CONSTRAINT "document_favourites_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_favourites" ADD CONSTRAINT "document_favourites_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_links" ADD CONSTRAINT "document_links_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_members" ADD CONSTRAINT "document_members_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_members" ADD CONSTRAINT "document_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_snapshots" ADD CONSTRAINT "document_snapshots_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_texts" ADD CONSTRAINT "document_texts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_threads" ADD CONSTRAINT "document_threads_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_threads" ADD CONSTRAINT "document_threads_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_threads" ADD CONSTRAINT "document_threads_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_updates" ADD CONSTRAINT "document_updates_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_updates" ADD CONSTRAINT "document_updates_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_visits" ADD CONSTRAINT "document_visits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_visits" ADD CONSTRAINT "document_visits_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_parent_id_documents_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_archived_by_users_id_fk" FOREIGN KEY ("archived_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_objects" ADD CONSTRAINT "file_objects_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_texts" ADD CONSTRAINT "file_texts_object_id_file_objects_id_fk" FOREIGN KEY ("object_id") REFERENCES "public"."file_objects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_upload_parts" ADD CONSTRAINT "file_upload_parts_upload_id_file_uploads_id_fk" FOREIGN KEY ("upload_id") REFERENCES "public"."file_uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_replaces_files_id_fk" FOREIGN KEY ("replaces") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_uploads" ADD CONSTRAINT "file_uploads_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_versions" ADD CONSTRAINT "file_versions_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_versions" ADD CONSTRAINT "file_versions_object_id_file_objects_id_fk" FOREIGN KEY ("object_id") REFERENCES "public"."file_objects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_versions" ADD CONSTRAINT "file_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_object_id_file_objects_id_fk" FOREIGN KEY ("object_id") REFERENCES "public"."file_objects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_entries" ADD CONSTRAINT "search_entries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_words" ADD CONSTRAINT "search_words_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_imports_workspace" ON "document_imports" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "document_imports_project" ON "document_imports" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "document_imports_parent" ON "document_imports" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "document_imports_unfinished" ON "document_imports" USING btree ("created_at") WHERE state in ('waiting', 'reading', 'writing');--> statement-breakpoint
CREATE INDEX "document_comments_thread" ON "document_comments" USING btree ("thread_id","created_at");--> statement-breakpoint
CREATE INDEX "document_favourites_document" ON "document_favourites" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "document_links_target" ON "document_links" USING btree ("target_id");--> statement-breakpoint
CREATE INDEX "document_members_user" ON "document_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "document_threads_document" ON "document_threads" USING btree ("document_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "document_updates_id" ON "document_updates" USING btree ("document_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_versions_document" ON "document_versions" USING btree ("document_id","seq");--> statement-breakpoint
CREATE INDEX "document_visits_last" ON "document_visits" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "document_visits_document" ON "document_visits" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "documents_workspace" ON "documents" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "documents_project" ON "documents" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "documents_parent" ON "documents" USING btree ("parent_id","rank");--> statement-breakpoint
CREATE INDEX "documents_scope" ON "documents" USING gin ("scope_path");--> statement-breakpoint
CREATE INDEX "documents_areas" ON "documents" USING btree ("workspace_id") WHERE scope_path[1] = id;--> statement-breakpoint
CREATE UNIQUE INDEX "file_objects_content" ON "file_objects" USING btree ("workspace_id","sha256");--> statement-breakpoint
CREATE INDEX "file_objects_untended" ON "file_objects" USING btree ("id") WHERE tended_at is null;--> statement-breakpoint
CREATE INDEX "file_puts_created" ON "file_puts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "file_uploads_created" ON "file_uploads" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "file_uploads_workspace" ON "file_uploads" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "file_uploads_document" ON "file_uploads" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "file_uploads_task" ON "file_uploads" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "file_uploads_project" ON "file_uploads" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "file_uploads_person" ON "file_uploads" USING btree ("created_by");--> statement-breakpoint
CREATE UNIQUE INDEX "file_versions_n" ON "file_versions" USING btree ("file_id","n");--> statement-breakpoint
CREATE INDEX "file_versions_object" ON "file_versions" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "files_workspace" ON "files" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "files_object" ON "files" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "files_document" ON "files" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "files_task" ON "files" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "files_project" ON "files" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "search_entries_workspace" ON "search_entries" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "search_entries_words" ON "search_entries" USING gin ("title_words","words");--> statement-breakpoint
CREATE INDEX "search_words_parts" ON "search_words" USING gin ("word" gin_trgm_ops);
--> statement-breakpoint
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
