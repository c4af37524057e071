CREATE TABLE "desktop_files" (
	"name" text PRIMARY KEY NOT NULL,
	"object_id" uuid NOT NULL,
	"size" bigint NOT NULL,
	"sha512" text NOT NULL,
	"feed" text NOT NULL,
	"published_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"replaced_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "desktop_files_feed" ON "desktop_files" USING btree ("feed");