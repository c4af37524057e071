/**
 * Real files of all sorts, damaged and hostile ones among them: each comes back byte for byte under its
 * own name, and has a preview or is declined. ODD_FILES=<folder> names another folder.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { schema } from "@guildhall/db";
import { makeTeam } from "@guildhall/testing/team";
import { sumOf, uploadInOne } from "@guildhall/testing/uploads";
import { expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const beside = path.resolve(import.meta.dirname, "../../../../../shared/data/files");
const folder = process.env.ODD_FILES ?? beside;
const isHere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;

test.runIf(isHere)("odd files come back as they were, with a preview or without", async () => {
  const server = await startTestSockets();
  const { api, url } = server;
  try {
    const { editor, viewer, project } = await makeTeam(api);
    const headers = { authorization: `Bearer ${viewer.token}` };
    const place = { projectId: project.id };
    const sent = new Map<string, { name: string; bytes: Buffer }>();
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const [name, bytes] = [entry.name, readFileSync(path.join(entry.parentPath, entry.name))];
      const body = new Blob([bytes]);
      const upload = { url, token: editor.token, calls: editor.call.files, place, name, body };
      sent.set((await uploadInOne(upload)).id, { name, bytes });
    }
    const { db } = api.services;
    const { fileObjects, fileTexts } = schema;
    const unprocessed = async () =>
      (await db.select().from(fileObjects)).filter(({ tendedAt }) => tendedAt === null);
    await expect.poll(unprocessed, { interval: 200 }).toEqual([]);
    const { items } = await viewer.call.files.list({ ...place, limit: 500 });
    expect(items).toHaveLength(sent.size);
    const texts = new Map((await db.select().from(fileTexts)).map((row) => [row.objectId, row]));
    const objects = new Map(
      (await db.select().from(schema.files)).map(({ id, objectId }) => [id, objectId]),
    );
    const lines = [];
    for (const { id, name, type, size, preview } of items) {
      const { bytes, name: given } = sent.get(id) ?? { bytes: Buffer.alloc(0), name: "" };
      const got = await fetch(`${url}/files/${id}`, { headers });
      expect([name, sumOf(Buffer.from(await got.arrayBuffer()))]).toEqual([given, sumOf(bytes)]);
      const told = got.headers.get("content-disposition") ?? "";
      expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(told)?.[1] ?? "")).toBe(given);
      const thumbnail = await fetch(`${url}/files/${id}?thumbnail`, { headers });
      expect([name, thumbnail.status]).toEqual([name, preview === "ready" ? 200 : 404]);
      if (preview === "ready") expect(thumbnail.headers.get("content-type")).toBe("image/webp");
      expect(preview).not.toBe("waiting");
      const text = texts.get(objects.get(id) ?? "");
      lines.push({
        name,
        type,
        size,
        preview,
        text: text?.state ?? "",
        words: text?.text.length,
      });
    }
    if (process.env.ODD_FILES) console.table(lines);
  } finally {
    await server.stop();
  }
});
