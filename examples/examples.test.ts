import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "@guildhall/api/client";
import { createTestDatabase } from "@guildhall/db/testing";
import { zipOf } from "@guildhall/testing/document-imports";
import { type Program, startProgram } from "@guildhall/testing/program";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-examples-"));
const file = path.join(folder, "tasks.csv");
writeFileSync(file, "ID,Title,Status\nA-1,Oil the wheel,To do\nA-2,=SUM(1),Done\nA-3,,Done\n");

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: Program;
let url: string;
let token: string;
let workspaceId: string;
let projectId: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  server = startProgram({ DATABASE_URL: database.url, GUILDHALL_DATA: folder });
  url = await server.ready();
  const account = { email: "olga@example.com", name: "Olga", password: "correct horse" };
  const session = await createClient({ url }).auth.register.mutate(account);
  const guildhall = createClient({ url, token: session.token });
  const made = { name: "Example", scope: "write", days: 1 } as const;
  token = (await guildhall.tokens.create.mutate(made)).token;
  workspaceId = (await guildhall.workspaces.create.mutate({ name: "Mill" })).id;
  const project = { workspaceId, name: "App", key: "APP" };
  projectId = (await guildhall.projects.create.mutate(project)).id;
});

afterAll(async () => {
  for (const child of children) child.kill();
  server.child.kill();
  await server.exited;
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Runs an example as a colleague would, with nothing but an address and an access token. */
function run(example: string, ...args: string[]) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, example), ...args], {
    env: { ...process.env, GUILDHALL_URL: url, GUILDHALL_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const said = async (part: string) => {
    while (!lines.some((line) => line.includes(part))) {
      await Promise.race([
        once(reader, "line"),
        ended.then(() => Promise.reject(lines.join("\n"))),
      ]);
    }
  };
  return { lines, ended, said };
}

test("one imports a file and shows its way, while the other sees it in the feed", async () => {
  const follower = run("follow-feed.ts", workspaceId);
  await follower.said("following");

  const first = run("import-file.ts", projectId, file);
  expect(await first.ended).toBe(0);
  expect(first.lines[0]).toBe("uploaded tasks.csv, 67 bytes");
  expect(first.lines).toContain("row 4: It has no title.");
  expect(first.lines.at(-1)).toBe("2 new, 0 unchanged");
  await follower.said("insert task APP-1 Oil the wheel");
  await follower.said("insert task APP-2 =SUM(1)");

  const again = run("import-file.ts", projectId, file);
  expect(await again.ended).toBe(0);
  expect(again.lines.at(-1)).toBe("0 new, 2 unchanged");
});

test("one imports documents, and what another saves can be imported again", async () => {
  const given = path.join(folder, "given.zip");
  const saved = path.join(folder, "saved.zip");
  const wheel = "# Wheel\n\n[The sluice](Sluice.md)\n";
  writeFileSync(given, zipOf({ "Mill/Wheel.md": wheel, "Mill/Sluice.md": "# Sluice\n" }));
  for (const zip of [given, saved]) {
    const importing = run("import-documents.ts", workspaceId, zip);
    expect(await importing.ended).toBe(0);
    expect(importing.lines.at(-1)).toBe("2 documents, 0 files");
    const exporting = run("export-documents.ts", workspaceId, saved);
    expect(await exporting.ended).toBe(0);
    expect(exporting.lines).toEqual([`saved ${statSync(saved).size} bytes`]);
  }
});

test("the feed can be read from its beginning", async () => {
  const follower = run("follow-feed.ts", workspaceId, "0");
  await follower.said("insert task APP-2");
  // One line more says up to which number it had happened before.
  const told = follower.lines.slice(1).filter((line) => !line.endsWith(" live"));
  const numbers = told.map((line) => Number(line.split(" ", 1)));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
});
