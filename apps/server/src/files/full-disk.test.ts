/** A disk that is full, really: a small file system of its own, where this account may make one. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { afterAll, beforeAll, expect, test } from "vitest";

const disk = mkdtempSync(path.join(tmpdir(), "guildhall-disk-"));
const filler = path.join(disk, "filler");
const person = { email: "ada@example.org", password: "correct horse battery", name: "Ada" };
const programs: Program[] = [];

function mountSmall(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=220m,mode=755", "tmpfs", disk], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}
const isMounted = process.platform === "linux" && mountSmall();

/** Takes all the room that is left. */
function fill() {
  const file = openSync(filler, "a");
  const bytes = Buffer.alloc(4_096);
  try {
    for (;;) writeSync(file, bytes);
  } catch {
    closeSync(file);
  }
}

function start(): Program {
  const program = startProgram({ GUILDHALL_DATA: path.join(disk, "data"), LOG_LEVEL: "warn" });
  programs.push(program);
  return program;
}

beforeAll(() => {
  if (!isMounted)
    console.warn("Not run: this account may not mount a small disk (it needs root on Linux).");
});

afterAll(async () => {
  for (const { child, exited } of programs) {
    child.kill("SIGTERM");
    await exited;
  }
  if (isMounted) execFileSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true, force: true });
});

test.skipIf(!isMounted)(
  "a full disk is told to people, to the log, to the metrics and to the proxy, and passes when there is room",
  async () => {
    const program = start();
    const url = await program.ready();
    const token = String((await call(url, "auth.register", person)).data.token);
    const create = () => call(url, "workspaces.create", { name: "x".repeat(80) }, token, null);
    const ready = async (of = "") => {
      const response = await fetch(`${url}/readyz${of}`);
      return `${response.status} ${await response.text()}`;
    };
    expect(await ready()).toBe("200 ready\n");
    fill();
    await expect.poll(async () => (await create()).reason).toBe("disk_full");
    expect(await ready()).toBe("503 reads only: the disk of the database is full\n");
    expect(await ready("?reads")).toMatch(/^200 reads only/);
    expect(
      (
        await fetch(`${url}/trpc/workspaces.list`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status,
    ).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
      /^guildhall_disk_full_total [1-9]/m,
    );
    const line = program
      .output()
      .split("\n")
      .find((each) => each.includes('"level":50'));
    expect(line).toMatch(/There is no room on the disk of the database/);

    rmSync(filler);
    await expect.poll(async () => (await create()).status).toBe(200);
    expect(await ready()).toBe("200 ready\n");
    program.child.kill("SIGTERM");
    await program.exited;
  },
);

test.skipIf(!isMounted)("a start on a full disk is one sentence", async () => {
  fill();
  const program = start();
  expect((await program.exited).code).toBe(1);
  expect(program.output()).toMatch(
    /^Guildhall can't start\.\nThe disk of .+ is full\. Free up space and start again, or set GUILDHALL_DATA/,
  );
  rmSync(filler);
});
