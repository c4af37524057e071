import { bigint, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

/** What an operator published of the desktop app, under the names by which it asks for updates. */
export const desktopFiles = pgTable(
  "desktop_files",
  {
    /** One name without a folder: `latest-linux.yml`, `Guildhall-0.2.0-linux-x64.AppImage`. */
    name: text().primaryKey(),
    /** Its key in the store. */
    objectId: uuid().notNull(),
    /** Bytes. */
    size: bigint({ mode: "number" }).notNull(),
    /** In base64, as feeds say it. */
    sha512: text().notNull(),
    /** The feed that names it; of a feed its own name. */
    feed: text().notNull(),
    publishedAt: createdAt(),
    /** Since when its feed names it no more; it stays for a while, for downloads under way. */
    replacedAt: instant(),
  },
  (t) => [index("desktop_files_feed").on(t.feed)],
);
