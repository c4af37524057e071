import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type EditedDev, startEditedDev } from "@guildhall/testing/edited-dev";
import { afterEach, beforeEach, expect, test } from "vitest";

const SOURCE = "apps/server/src/http/refusal.ts";

let dev: EditedDev;
beforeEach(async () => {
  dev = await startEditedDev();
});
afterEach(() => dev.stop());

const postgresFile = () => path.join(dev.dataFolder, "postgres/postmaster.pid");
const pidOfPostgres = () => readFileSync(postgresFile(), "utf8").split("\n")[0];
const answers = () =>
  fetch(`${dev.url}/healthz`).then(
    ({ status }) => status,
    () => null,
  );

test("an edit starts the server again and leaves its Postgres, a mistake is shown and mends itself", async () => {
  const { program } = dev;
  await program.ready();
  const postgres = pidOfPostgres();
  const text = dev.read(SOURCE);
  const edit = (added: string) => dev.write(SOURCE, `${text}\n${added}\n`);

  edit('process.stdout.write("as edited\\n");');
  await program.said(/as edited\n[\s\S]*Guildhall is ready/);
  expect(await answers()).toBe(200);

  edit("const = 1;");
  await program.said(/refusal\.ts:\d+\n[\s\S]*SyntaxError[\s\S]*The server ended \(1\)/);
  expect(await answers()).toBeNull();

  edit('throw new Error("thrown while it loads");');
  await program.said(/Error: thrown while it loads[\s\S]*The server ended \(1\)/);

  dev.write(path.join(path.dirname(SOURCE), "new.ts"), 'export const said = "as mended";\n');
  edit('import { said } from "./new.ts";\nprocess.stdout.write(said);');
  await program.said(/as mended[\s\S]*Guildhall is ready/);
  expect(await answers()).toBe(200);
  expect(pidOfPostgres()).toBe(postgres);

  program.child.kill("SIGTERM");
  await program.exited;
  expect(await answers()).toBeNull();
  expect(readdirSync(path.dirname(postgresFile()))).not.toContain("postmaster.pid");
});
