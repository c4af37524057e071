/** A server that is killed while it imports documents: all of them are there in the end, once. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createFolderStore } from "@guildhall/api/server";
import { connect, schema } from "@guildhall/db";
import { createTestDatabase } from "@guildhall/db/testing";
import { call, type Program, startProgram } from "@guildhall/testing/program";
import { zipSync } from "fflate";
import { expect, test } from "vitest";

const PARTS = 60;
const words = "The wheel turns slowly, and [the next part](./part-0.md) waits. ".repeat(100);
const text = (value: string) => new TextEncoder().encode(value);
const folder = () =>
  zipSync(
    Object.fromEntries(
      Array.from({ length: PARTS }, (_, n) => [
        [`mill/part-${n}.md`, text(`# Part ${n}\n\n${words}\n\n![p](p-${n}.png)\n`)],
        [`mill/p-${n}.png`, text(`\x89PNG\r\n\x1a\n${n}`)],
      ]).flat(),
    ),
    { level: 0 },
  );

test("an import of documents is brought to its end once, whenever its server was killed", async () => {
  const data = mkdtempSync(path.join(tmpdir(), "guildhall-cut-off-"));
  const database = await createTestDatabase();
  const { db, close } = connect(database.url, { pool: 2 });
  let program: Program | null = null;
  const start = () => {
    program = startProgram({ GUILDHALL_DATA: data, DATABASE_URL: database.url });
    return program.ready();
  };
  const { documents, imports, files, fileObjects, filePuts, fileUploads } = schema;
  const standing = async () => (await db.select().from(imports))[0];
  try {
    const url = await start();
    const person = { email: "ada@example.org", password: "correct horse battery", name: "Ada" };
    const token = String((await call(url, "auth.register", person)).data.token);
    const workspace = await call(url, "workspaces.create", { name: "Mill" }, token);
    const fileId = crypto.randomUUID();
    const sent = await fetch(
      `${url}/files/${fileId}?forImport=${workspace.data.id}&name=mill.zip`,
      {
        method: "PUT",
        headers: { authorization: `Bearer ${token}` },
        body: new Uint8Array(folder()),
      },
    );
    expect(sent.status).toBe(201);
    const place = { workspaceId: workspace.data.id, fileId };
    await call(url, "imports.startDocuments", place, token);
    // The first pictures are in the store; no row says so yet.
    await expect.poll(() => db.$count(filePuts), { interval: 5 }).toBeGreaterThan(3);
    const running = program as Program | null;
    running?.child.kill("SIGKILL");
    await running?.exited;
    expect(await standing()).toMatchObject({ state: "reading", finishedAt: null });
    expect([await db.$count(documents), await db.$count(files)]).toEqual([0, 0]);
    // As if the heartbeat of the worker that is gone had been missing for a while.
    await db.execute(
      "update pgboss.job set heartbeat_on = heartbeat_on - interval '1 hour' where state = 'active'",
    );

    await start();
    await expect.poll(async () => (await standing())?.state, { interval: 100 }).toBe("done");
    expect(await standing()).toMatchObject({ attempts: 2 });
    expect(await db.$count(documents)).toBe(PARTS + 1);
    expect(await db.$count(files)).toBe(PARTS);
    // The upload, and what the first had stored, is known to the sweep, and nothing else lies there.
    const known = [
      ...(await db.select({ id: fileObjects.id }).from(fileObjects)).map(({ id }) => id),
      ...(await db.select({ id: filePuts.objectId }).from(filePuts)).map(({ id }) => id),
      ...(await db.select({ id: fileUploads.objectId }).from(fileUploads)).map(({ id }) => id),
    ];
    const stored: string[] = [];
    for await (const { key } of createFolderStore(path.join(data, "files")).list())
      stored.push(key);
    expect(stored.filter((key) => !known.includes(key))).toEqual([]);
    expect(stored.length).toBeGreaterThan(PARTS);
  } finally {
    const running = program as Program | null;
    running?.child.kill("SIGKILL");
    await running?.exited;
    await close();
    await database.drop();
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});
