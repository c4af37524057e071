/** Commands about the data, by the server's own bundle. */
import path from "node:path";
import { buildServer } from "./build.mjs";
import { run } from "./processes.mjs";

/** npm changes into the project's folder; a file is meant from where it was called. */
const calledFrom = process.env.INIT_CWD ?? process.cwd();

/** What is said of files and folders, as it was meant where it was typed. */
export const meantFrom = (args) =>
  args.map((arg) => (arg.startsWith("-") ? arg : path.resolve(calledFrom, arg)));

export async function moveData(command, args) {
  await buildServer();
  return run("node", [
    "--enable-source-maps",
    `apps/server/dist/${command}.js`,
    ...meantFrom(args),
  ]);
}
