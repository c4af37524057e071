import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { schema } from "@guildhall/db";
import { backUp } from "@guildhall/db/backup";
import { openBackup, restore } from "@guildhall/db/restore";
import { createTestDatabase, TEST_POSTGRES, withDatabase } from "@guildhall/db/testing";
import { startTestApi } from "@guildhall/testing/api";
import { openProject, textFile, upload } from "@guildhall/testing/imports";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { expect, test } from "vitest";
import { invariant } from "../../core/errors.ts";
import { createServices } from "../../server.ts";

const { imports, tasks } = schema;

test("an import that was under way at the backup is brought to its end once, where it is restored", async () => {
  const api = await startTestApi();
  const target = await createTestDatabase({ empty: true });
  const folder = mkdtempSync(path.join(tmpdir(), "restored-"));
  try {
    const { owner, workspaceId, projectId } = await openProject(api);
    const fileIds = await upload(owner, [textFile("tasks.csv", "Title\nOne\nTwo\n")]);
    const id = uuidv7();
    // As a worker leaves it that works on it: noted as begun, and no task written.
    await api.services.db.insert(imports).values({
      id,
      workspaceId,
      kind: "tasks",
      projectId,
      fileIds,
      format: "csv",
      mapping: { Title: "title" },
      mode: "real",
      state: "reading",
      attempts: 1,
      createdBy: owner.user.id,
    });
    const [here] = await api.services.db.execute<{ name: string }>(
      sql`select current_database() as name`,
    );
    const url = withDatabase(
      invariant(process.env[TEST_POSTGRES], "set"),
      invariant(here, "a row").name,
    );
    const file = path.join(folder, "guildhall.backup");
    const kept = { folder, secrets: [] };
    await backUp(file, { databaseUrl: url, kept, guildhall: "1.2.3" });
    const backup = await openBackup(file);
    await restore(backup, { databaseUrl: target.url, kept, replace: false });

    const { config, files } = api.services;
    const restored = await createServices({ databaseUrl: target.url, pool: 4, config, files });
    const readState = async () => {
      const [row] = await restored.db.select().from(imports).where(eq(imports.id, id));
      return [row?.state, row?.error];
    };
    await expect.poll(readState).toEqual(["done", null]);
    const titles = await restored.db.select({ title: tasks.title }).from(tasks);
    expect(titles.map(({ title }) => title).sort()).toEqual(["One", "Two"]);
    await restored.stop();
  } finally {
    await api.stop();
    await target.drop();
    rmSync(folder, { recursive: true });
  }
});
