ALTER TABLE "import_files" ALTER COLUMN "content" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "same_source" boolean;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "conflicts" jsonb;