import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { commandAs, findPostgresPrograms, whoRunsPostgres } from "./postgres-program.ts";

/** A clone under /root, or in a folder of mktemp: nobody but root gets in. */
test.skipIf(process.getuid?.() !== 0)(
  "root's Postgres runs from a folder closed to others",
  async () => {
    const closed = mkdtempSync(path.join(tmpdir(), "guildhall-closed-"));
    try {
      const { postgres } = await findPostgresPrograms();
      cpSync(path.join(path.dirname(postgres), ".."), closed, {
        recursive: true,
        verbatimSymlinks: true,
      });
      const initdb = path.join(closed, "bin", "initdb");
      const runAs = await whoRunsPostgres([initdb]);
      expect(runAs).toMatchObject({ viaSetpriv: true });
      // It looks for `postgres` beside itself, which is what fails without the right to pass.
      const { file, args } = commandAs(runAs, initdb, ["--show", `--pgdata=${closed}/data`]);
      const said = execFileSync(file, args, {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      expect(said).not.toContain("Permission denied");
    } finally {
      rmSync(closed, { recursive: true });
    }
  },
);
