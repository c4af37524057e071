/** `npm run backup -- <file>`: everything that this Guildhall holds, while it runs or not. */
import { parseArgs } from "node:util";
import { backUp } from "@guildhall/db/backup";
import { useEmbeddedPostgres } from "@guildhall/db/embedded-as-it-is";
import about from "../package.json" with { type: "json" };
import { many, runCommand } from "./command.ts";
import { keptFolder } from "./settings/kept-folder.ts";

runCommand("Couldn't create the backup.", async (env) => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error("Give one file: npm run backup -- <file>");
  const database = env.databaseUrl
    ? { url: env.databaseUrl, stop: async () => {} }
    : await useEmbeddedPostgres(env.GUILDHALL_DATA);
  try {
    const { rows, files, bytes, isNoted } = await backUp(file, {
      databaseUrl: database.url,
      kept: keptFolder(env),
      guildhall: about.version,
    });
    const size = Math.ceil(bytes / 1_000);
    const noted = isNoted
      ? ""
      : " It couldn't be noted in the audit log, so the page Health doesn't know of it.";
    return `Backed up ${many(rows, "row")} and ${many(files, "file")} into ${file} (${size} kB). It holds secrets: keep it where only you can read it.${noted}`;
  } finally {
    await database.stop();
  }
});
