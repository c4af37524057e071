import { pino } from "pino";

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Names under which a secret could come along in an object that is logged. */
const SECRETS = ["password", "token", "secret", "cookie", "authorization", "databaseUrl"];

/** JSON lines for a log collector; readable lines where a person is looking. */
export function createLog(level: string, output: NodeJS.WriteStream = process.stdout): Log {
  const redact = {
    paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    censor: "(hidden)",
  };
  const base = { level, redact, base: null };
  if (!output.isTTY) return pino(base, output);
  return pino(base, { write: (line: string) => void output.write(readable(line)) });
}

function readable(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line);
  const name = level >= 50 ? "error" : level >= 40 ? "warn " : level >= 30 ? "info " : "debug";
  const more = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : "";
  const stack = err ? `\n${err.stack ?? err.message}` : "";
  return `${new Date(time).toTimeString().slice(0, 8)} ${name} ${msg}${more}${stack}\n`;
}
