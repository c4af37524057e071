import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { commandAs, findPostgresPrograms, whoRunsPostgres } from "./postgres-program.ts";
import { type Cluster, explain } from "./postmaster.ts";

const run = promisify(execFile);
const MAJOR = "18";

export const SUPERUSER = "guildhall";

/** Finds or makes the Postgres files in `<dataFolder>/postgres`, and the password kept beside them. */
export async function openCluster(dataFolder: string, options: { sync: boolean }) {
  const programs = await findPostgresPrograms();
  const folder = path.join(dataFolder, "postgres");
  const runAs = await whoRunsPostgres([programs.postgres, folder]);
  const cluster: Cluster = {
    programs,
    runAs,
    folder,
    logFile: path.join(dataFolder, "postgres.log"),
  };
  const passwordFile = path.join(dataFolder, "postgres-password");
  if (existsSync(path.join(folder, "PG_VERSION"))) {
    return { cluster, password: existingPassword(folder, passwordFile) };
  }
  return { cluster, password: await createCluster(cluster, passwordFile, options) };
}

function existingPassword(folder: string, passwordFile: string): string {
  const version = readFileSync(path.join(folder, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR) {
    throw new Error(
      `The data in ${folder} is from PostgreSQL ${version}, but this version of Guildhall includes PostgreSQL ${MAJOR}. Migrate it with pg_dump and pg_restore first.`,
    );
  }
  if (!existsSync(passwordFile)) {
    throw new Error(`${passwordFile} is missing. Restore it from a backup of the data folder.`);
  }
  return readFileSync(passwordFile, "utf8").trim();
}

/** Made aside and renamed when whole, so that a kill half way leaves nothing that looks finished. */
async function createCluster(
  cluster: Cluster,
  passwordFile: string,
  options: { sync: boolean },
): Promise<string> {
  const fresh = `${cluster.folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  }
  const password = readFileSync(passwordFile, "utf8").trim();
  // initdb wants an empty folder, so the password lies beside it while it works.
  const aside = `${fresh}.password`;
  writeFileSync(aside, `${password}\n`, { mode: 0o600 });
  for (const each of [fresh, aside]) {
    chmodSync(each, each === fresh ? 0o700 : 0o600);
    if (cluster.runAs) chownSync(each, cluster.runAs.uid, cluster.runAs.gid);
  }
  try {
    await initdb(cluster, fresh, aside, options);
  } finally {
    rmSync(aside, { force: true });
  }
  renameSync(fresh, cluster.folder);
  return password;
}

async function initdb(
  cluster: Cluster,
  folder: string,
  passwordFile: string,
  options: { sync: boolean },
): Promise<void> {
  const command = commandAs(cluster.runAs, cluster.programs.initdb, [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The same order and case rules on every platform, whatever locales are installed.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(options.sync ? [] : ["--no-sync"]),
  ]);
  try {
    await run(command.file, command.args, {
      ...command.options,
      env: { ...process.env, LC_ALL: "C" },
    });
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
    throw new Error(explain(said, cluster, 0), { cause });
  }
}
