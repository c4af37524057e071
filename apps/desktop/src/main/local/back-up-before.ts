/** Before another version of the app upgrades the workspace on this computer, all of it is kept as it was. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalOptions, localEnv } from "./local-options.ts";

/** The last so many; older ones go. */
const KEPT = 2;

export async function backUpBefore(options: LocalOptions): Promise<void> {
  const { folder, version } = options;
  const noted = join(folder, "app-version");
  const last = existsSync(noted) ? readFileSync(noted, "utf8").trim() : null;
  if (last !== null && last !== version) {
    options.onState({ kind: "backing-up" });
    await backUp(options, last);
  }
  writeFileSync(noted, `${version}\n`, { mode: 0o600 });
}

async function backUp(options: LocalOptions, last: string): Promise<void> {
  const backups = join(options.folder, "backups");
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  const file = join(backups, `${Date.now()}-${last.replace(/[^\w.-]/g, "_")}.guildhall`);
  const child = options.fork(join(options.program, "dist", "backup.js"), [file], {
    ...{ env: localEnv(options, 0), cwd: options.folder, stdio: "pipe" },
    serviceName: "Guildhall backup",
  });
  let said = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2_000);
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0 || !existsSync(file)) {
    throw new Error(
      `The workspace on this computer couldn't be backed up before its upgrade, so it wasn't upgraded. ${said.trim()}`,
    );
  }
  for (const old of readdirSync(backups).toSorted().slice(0, -KEPT)) rmSync(join(backups, old));
}
