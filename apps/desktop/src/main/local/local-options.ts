import type { Readable } from "node:stream";
import type { LocalState } from "../../shared/local.ts";

/** What is used of a process that was forked, by Electron or by Node. */
export type Forked = {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: "message", listener: (message: unknown) => void): unknown;
  once(event: "exit", listener: (code: number | null) => void): unknown;
  readonly stderr: Readable | null;
};
export type Fork = (
  program: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; cwd: string; stdio: "pipe"; serviceName: string },
) => Forked;

export type LocalOptions = {
  fork: Fork;
  /** Where the app brings the server: `dist/` and `node_modules/`. */
  program: string;
  /** All that the workspace is. */
  folder: string;
  /** Of the app: another one than that of the last start backs up before it upgrades. */
  version: string;
  onState: (state: LocalState) => void;
};

/** Only what any program needs: none of the settings that a server would read from somebody's shell. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "TMP", "TEMP", "SystemRoot", "APPDATA", "USERPROFILE"];

export function localEnv(options: Pick<LocalOptions, "folder">, port: number): NodeJS.ProcessEnv {
  const inherited = INHERITED.map((name) => [name, process.env[name]]);
  return {
    ...Object.fromEntries(inherited.filter(([, value]) => value !== undefined)),
    ...{ HOST: "127.0.0.1", PORT: String(port), NODE_ENV: "production", LOG_LEVEL: "warn" },
    ...{ GUILDHALL_DATA: options.folder, DB_POOL_SIZE: "5", DB_MAX_OVERFLOW: "5" },
    // But the first account, which is the app's own.
    REGISTRATION: "closed",
  };
}
