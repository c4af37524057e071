CREATE TABLE "checklist_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"checklist_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"text" text NOT NULL,
	"rank" text COLLATE "C" NOT NULL,
	"done_at" timestamp (3) with time zone,
	"assignee_id" uuid,
	"due_date" date,
	"linked_task_id" uuid,
	"source_id" text,
	"source_digest" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "checklist_items_text_length" CHECK (char_length("checklist_items"."text") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "checklists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"title" text NOT NULL,
	"rank" text COLLATE "C" NOT NULL,
	"source_id" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "checklists_title_length" CHECK (char_length("checklists"."title") between 1 and 200)
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "checklist_total" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "checklist_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_checklist_id_checklists_id_fk" FOREIGN KEY ("checklist_id") REFERENCES "public"."checklists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_linked_task_id_tasks_id_fk" FOREIGN KEY ("linked_task_id") REFERENCES "public"."tasks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklists" ADD CONSTRAINT "checklists_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklists" ADD CONSTRAINT "checklists_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checklist_items_checklist" ON "checklist_items" USING btree ("checklist_id","rank");--> statement-breakpoint
CREATE INDEX "checklist_items_task" ON "checklist_items" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "checklist_items_linked" ON "checklist_items" USING btree ("linked_task_id");--> statement-breakpoint
CREATE INDEX "checklist_items_assignee" ON "checklist_items" USING btree ("assignee_id") WHERE assignee_id is not null;--> statement-breakpoint
CREATE INDEX "checklist_items_due" ON "checklist_items" USING btree ("due_date") WHERE due_date is not null and done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "checklist_items_source" ON "checklist_items" USING btree ("task_id","source_id");--> statement-breakpoint
CREATE INDEX "checklists_task" ON "checklists" USING btree ("task_id","rank");--> statement-breakpoint
CREATE UNIQUE INDEX "checklists_source" ON "checklists" USING btree ("task_id","source_id");--> statement-breakpoint
-- A task is found by what stands in its checklists.
CREATE OR REPLACE FUNCTION search_note_checklist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_queue (kind, id, words) VALUES ('task', NEW.task_id, true);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR UPDATE OF title, deleted_at ON checklists
  FOR EACH ROW EXECUTE FUNCTION search_note_checklist();
--> statement-breakpoint
CREATE TRIGGER search_words AFTER INSERT OR UPDATE OF text, deleted_at ON checklist_items
  FOR EACH ROW EXECUTE FUNCTION search_note_checklist();
