/** `npm run desktop:publish -- <folder>`: what people install and update the app with, while Guildhall runs or not. */
import { publishDesktop } from "@guildhall/api/server";
import { connect } from "@guildhall/db";
import { useEmbeddedPostgres } from "@guildhall/db/embedded-as-it-is";
import { many, runCommand } from "./command.ts";
import { fileStoreOf } from "./connections/file-store.ts";

runCommand("The desktop app wasn't published.", async (env) => {
  const [folder, ...more] = process.argv.slice(2);
  if (!folder || more.length > 0) {
    throw new Error("Give one folder: npm run desktop:publish -- <folder>");
  }
  const database = env.databaseUrl
    ? { url: env.databaseUrl, stop: async () => {} }
    : await useEmbeddedPostgres(env.GUILDHALL_DATA);
  const { db, close } = connect(database.url, { pool: 1 });
  try {
    const files = await fileStoreOf(env);
    const { versions, files: count, stored } = await publishDesktop({ db, files }, folder);
    return `Published the desktop app ${versions.join(" and ")}: ${many(count, "file")}, of which ${stored} were new. Apps find it under /desktop/ of this server.`;
  } finally {
    await close();
    await database.stop();
  }
});
