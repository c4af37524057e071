/** Commands about the data, by the server's own bundle. */
import path from "node:path";
import { buildServer } from "./build.mjs";
import { run } from "./processes.mjs";

/** npm changes into the project's folder; a file is meant from where it was called. */
const calledFrom = process.env.INIT_CWD ?? process.cwd();

export async function moveData(command, args) {
  await buildServer();
  const meant = args.map((arg) => (arg.startsWith("-") ? arg : path.resolve(calledFrom, arg)));
  return run("node", ["--enable-source-maps", `apps/server/dist/${command}.js`, ...meant]);
}
