/** `npm run restore -- <file> [--replace]`: a backup put back, wholly or not at all. */
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { openBackup, restore } from "@guildhall/db/restore";
import { many, runCommand } from "./command.ts";
import { keptFolder } from "./settings/kept-folder.ts";

runCommand("Couldn't restore the backup.", async (env) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) {
    throw new Error("Give one file: npm run restore -- <file> [--replace]");
  }
  // All of it is read and checked before anything is started or made.
  const backup = await openBackup(file);
  const database = env.databaseUrl
    ? { url: env.databaseUrl, stop: async () => {} }
    : await startEmbeddedPostgres({ dataFolder: env.GUILDHALL_DATA });
  try {
    const target = { databaseUrl: database.url, kept: keptFolder(env), replace: values.replace };
    const { rows, files, madeAt } = await restore(backup, target);
    return `Restored ${many(rows, "row")} and ${many(files, "file")} as of ${madeAt}. Everybody signs in again; access tokens that were revoked since then are valid again: look through them.`;
  } finally {
    await database.stop();
  }
});
