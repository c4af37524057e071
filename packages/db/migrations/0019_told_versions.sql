-- Of those that are there already nobody is told any more.
ALTER TABLE "document_versions" ADD COLUMN "is_told" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "document_versions" ALTER COLUMN "is_told" SET DEFAULT false;--> statement-breakpoint
CREATE INDEX "document_versions_untold" ON "document_versions" USING btree ("document_id") WHERE not is_told;
