/** `npm run restore -- <file> [--replace] [--revoke]`: a backup put back, wholly or not at all. */
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { openBackup, restore } from "@guildhall/db/restore";
import { many, runCommand } from "./command.ts";
import { keptFolder } from "./settings/kept-folder.ts";

runCommand("Couldn't restore the backup.", async (env) => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      replace: { type: "boolean", default: false },
      revoke: { type: "boolean", default: false },
    },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) {
    throw new Error("Give one file: npm run restore -- <file> [--replace] [--revoke]");
  }
  // All of it is read and checked before anything is started or made.
  const backup = await openBackup(file);
  const database = env.databaseUrl
    ? { url: env.databaseUrl, stop: async () => {} }
    : await startEmbeddedPostgres({ dataFolder: env.GUILDHALL_DATA });
  try {
    const target = { databaseUrl: database.url, kept: keptFolder(env), ...values };
    const { rows, files, madeAt, broughtBack } = await restore(backup, target);
    const { invitations, tokens } = broughtBack;
    const opens = `${many(invitations, "open invitation")} and ${many(tokens, "access token")}`;
    const what = values.revoke
      ? `${opens} of that day were revoked.`
      : `It brought back ${opens}, also those that were revoked since: look through them, or restore again with --replace --revoke to end them all.`;
    return `Restored ${many(rows, "row")} and ${many(files, "file")} as of ${madeAt}. Everybody signs in again. ${what}`;
  } finally {
    await database.stop();
  }
});
