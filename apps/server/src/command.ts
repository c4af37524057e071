import { type Env, loadEnvFile, readEnv } from "./settings/env.ts";

/** Runs a command that a person or cron called: one line about what was done, or why not. */
export function runCommand(failed: string, work: (env: Env) => Promise<string>): void {
  const settled = async () => {
    loadEnvFile();
    return work(readEnv(process.env));
  };
  settled().then(
    (done) => {
      process.stdout.write(`${done}\n`);
      process.exit(0);
    },
    (error) => {
      const sentence = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${failed}\n${sentence}\n`);
      if (process.env.LOG_LEVEL === "debug") console.error(error);
      process.exit(1);
    },
  );
}

export const many = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;
