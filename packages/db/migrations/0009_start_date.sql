ALTER TABLE "tasks" ADD COLUMN "start_date" date;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_days_in_order" CHECK ("tasks"."start_date" <= "tasks"."due_date");