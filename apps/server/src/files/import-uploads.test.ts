import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterAll, beforeAll, expect, test } from "vitest";

const MB = 1024 * 1024;
const UPLOADS = 6;
/** All of them together, over what the server has at rest. */
const MOST_GROWTH = 32 * MB;

let folder: string;
let program: Program;
let url: string;
let token: string;
let workspaceId: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "guildhall-import-uploads-"));
  program = startProgram({ GUILDHALL_DATA: folder, HOST: "127.0.0.1", LOG_LEVEL: "warn" });
  url = await program.ready();
  const account = { name: "Uma", email: "uma@example.com", password: "correct horse battery" };
  const { data } = await call(url, "auth.register", account);
  token = data.token as string;
  const workspace = await call(url, "workspaces.create", { name: "Mill" }, token);
  workspaceId = workspace.data.id as string;
});

afterAll(async () => {
  program.child.kill("SIGTERM");
  await program.exited;
  rmSync(folder, { recursive: true, force: true });
});

/** In bytes, as the kernel counts it: now, or the most since `forgetPeak`. */
function memory(line: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${program.child.pid}/status`, "utf8");
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
}

const forgetPeak = () => writeFileSync(`/proc/${program.child.pid}/clear_refs`, "5");

async function upload(content: Blob, name: string) {
  const address = `${url}/files/${crypto.randomUUID()}?forImport=${workspaceId}&name=${name}`;
  const headers = { authorization: `Bearer ${token}` };
  const sent = await fetch(address, { method: "PUT", headers, body: content });
  return { status: sent.status, file: (await sent.json()) as { id: string; size: number } };
}

// The kernel's count is what is asked for, and only Linux tells it like this.
test.runIf(process.platform === "linux")(
  "six uploads of 60 MB at once cost the server no more than 32 MB",
  async () => {
    const title = `Title\n${"x".repeat(60 * MB - 7)}\n`;
    const content = new Blob([title]);
    await upload(new Blob(["Title\nA small one\n"]), "small.csv");
    const before = memory("VmRSS");
    forgetPeak();
    const sent = await Promise.all(
      Array.from({ length: UPLOADS }, (_, n) => upload(content, `export-${n}.csv`)),
    );
    const growth = memory("VmHWM") - before;
    expect(sent.map(({ status, file }) => [status, file.size])).toEqual(
      sent.map(() => [201, content.size]),
    );
    expect(growth).toBeLessThanOrEqual(MOST_GROWTH);
  },
);
