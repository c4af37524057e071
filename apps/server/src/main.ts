import { loadEnvFile, readEnv, SettingsError } from "./env.ts";
import { createLog } from "./logger.ts";
import { startGuildhall } from "./start.ts";

const STOP_DEADLINE_MS = 10_000;
/** Ctrl-C under npm or a watcher arrives two or three times at once; that is one wish. */
const SAME_WISH_MS = 1_000;

/** For a person at a terminal: what is wrong, without a stack; the stack is in the log at `debug`. */
function giveUp(error: unknown): never {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Guildhall cannot start.\n${sentence}\n`);
  if (process.env.LOG_LEVEL === "debug" && !(error instanceof SettingsError)) console.error(error);
  process.exit(1);
}

async function main(): Promise<void> {
  loadEnvFile();
  const env = readEnv(process.env);
  const log = createLog(env.LOG_LEVEL);
  const asked = Promise.withResolvers<string>();
  let askedAt = 0;
  const ask = (why: string) => {
    // The second time someone means it: what is committed is safe, whatever ends now.
    if (askedAt && Date.now() - askedAt > SAME_WISH_MS) process.exit(130);
    askedAt ||= Date.now();
    asked.resolve(why);
  };
  process.on("SIGINT", () => ask("SIGINT"));
  process.on("SIGTERM", () => ask("SIGTERM"));
  // `npm start` holds the other end: when it is gone, however it went, nobody is left to stop us.
  process.once("disconnect", () => ask("the end of npm start"));

  const guildhall = await startGuildhall(env, log);
  process.stdout.write(`Guildhall is ready at ${guildhall.url}\n`);
  log.info({ reason: await asked.promise }, "Stopping: finishing what is under way.");
  const late = setTimeout(() => {
    log.error({}, "It did not stop in time and is ended; what was saved stays saved.");
    process.exit(1);
  }, STOP_DEADLINE_MS);
  await guildhall.stop();
  clearTimeout(late);
  process.exit(0);
}

main().catch(giveUp);
