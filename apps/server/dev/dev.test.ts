import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "@guildhall/db/embedded";
import { type Program, startProgram } from "@guildhall/testing/program";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyForEdits } from "./testing-copy.ts";

let copy: ReturnType<typeof copyForEdits>;
let program: Program;
let url: string;

beforeEach(async () => {
  copy = copyForEdits();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  program = startProgram(
    { PORT: String(port), GUILDHALL_DATA: path.join(copy.root, "data") },
    copy.program,
  );
});

afterEach(async () => {
  program.child.kill("SIGTERM");
  await program.exited;
  copy.remove();
});

const source = () => path.join(copy.root, "apps/server/src/refusal.ts");
const pidOfPostgres = () =>
  readFileSync(path.join(copy.root, "data/postgres/postmaster.pid"), "utf8").split("\n")[0];
const answers = () =>
  fetch(`${url}/healthz`).then(
    ({ status }) => status,
    () => null,
  );

test("an edit starts the server again and leaves its Postgres, a mistake is shown and mends itself", async () => {
  await program.ready();
  const postgres = pidOfPostgres();
  const text = readFileSync(source(), "utf8");
  const edit = (added: string) => writeFileSync(source(), `${text}\n${added}\n`);

  edit('process.stdout.write("as edited\\n");');
  await program.said(/as edited\n[\s\S]*Guildhall is ready/);
  expect(await answers()).toBe(200);

  edit("const = 1;");
  await program.said(/refusal\.ts:\d+\n[\s\S]*SyntaxError[\s\S]*The server ended \(1\)/);
  expect(await answers()).toBeNull();

  edit('throw new Error("thrown while it loads");');
  await program.said(/Error: thrown while it loads[\s\S]*The server ended \(1\)/);

  // A file that is replaced, as many editors save, and one that is new.
  writeFileSync(path.join(path.dirname(source()), "new.ts"), 'export const said = "as mended";\n');
  edit('import { said } from "./new.ts";\nprocess.stdout.write(said);');
  await program.said(/as mended[\s\S]*Guildhall is ready/);
  expect(await answers()).toBe(200);
  expect(pidOfPostgres()).toBe(postgres);

  program.child.kill("SIGTERM");
  await program.exited;
  expect(await answers()).toBeNull();
  expect(readdirSync(path.join(copy.root, "data/postgres"))).not.toContain("postmaster.pid");
});
