/** `npm run reindex`: everything is made findable once more, while Guildhall runs or not. */
import { reindex } from "@guildhall/api/server";
import { connect } from "@guildhall/db";
import { useEmbeddedPostgres } from "@guildhall/db/embedded-as-it-is";
import { many, runCommand } from "./command.ts";

runCommand("The search was not built anew.", async (env) => {
  const database = env.databaseUrl
    ? { url: env.databaseUrl, stop: async () => {} }
    : await useEmbeddedPostgres(env.GUILDHALL_DATA);
  const { db, close } = connect(database.url, { pool: 1 });
  try {
    return `Noted ${many(await reindex(db), "thing")}, each to be made findable anew: a Guildhall that runs does it now, and is searched meanwhile; else the next start does it.`;
  } finally {
    await close();
    await database.stop();
  }
});
