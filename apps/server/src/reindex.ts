/** `npm run reindex`: everything is made findable once more, while Guildhall runs or not. */
import { reindex } from "@guildhall/api/server";
import { connect } from "@guildhall/db";
import { useEmbeddedPostgres } from "@guildhall/db/embedded-as-it-is";
import { many, runCommand } from "./command.ts";

runCommand("The search index wasn't rebuilt.", async (env) => {
  const database = env.databaseUrl
    ? { url: env.databaseUrl, stop: async () => {} }
    : await useEmbeddedPostgres(env.GUILDHALL_DATA);
  const { db, close } = connect(database.url, { pool: 1 });
  try {
    return `Queued ${many(await reindex(db), "item")} for reindexing. A running Guildhall does it now (search keeps working); otherwise it happens at the next start.`;
  } finally {
    await close();
    await database.stop();
  }
});
