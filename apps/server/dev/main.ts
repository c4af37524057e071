/**
 * The server from source, started again after each edit: `npm run dev` runs this beside the page's own
 * server. What need not start again lives here: the built-in Postgres, unless another one is set.
 */
import path from "node:path";
import { openBuiltIn } from "../src/connections/open-database.ts";
import { loadEnvFile, readEnv } from "../src/settings/env.ts";
import { createLog } from "../src/telemetry/logger.ts";
import { tellProblem } from "./problem-file.ts";
import { RestartedProgram } from "./restarted-program.ts";
import { watchSources } from "./watch-sources.ts";

const root = path.join(import.meta.dirname, "../../..");

loadEnvFile();
const env = readEnv(process.env);
const database = env.databaseUrl ? null : await openBuiltIn(env, createLog(env.LOG_LEVEL));
const server = new RestartedProgram({
  file: path.join(root, "apps/server/src/main.ts"),
  preload: path.join(root, "scripts/from-source.mjs"),
  env: database ? { DATABASE_URL: database.url } : {},
  onProblem: tellProblem,
});
const unwatch = watchSources(root, () => server.restart());
server.restart();

let isStopping = false;
async function stop() {
  if (isStopping) return; // A signal may arrive several times.
  isStopping = true;
  unwatch();
  await server.stop();
  await database?.stop();
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
// `npm run dev` holds the other end: when it is gone, however it went, nobody is left to stop us.
process.on("disconnect", stop);
