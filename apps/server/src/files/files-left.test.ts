/** Readers who go away in the middle of a file, or before it begins. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { createFolderStore } from "@guildhall/api/server";
import { makeTeam } from "@guildhall/testing/team";
import { expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

test("whoever leaves in the middle of a file, or before it begins, leaves no file open", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-left-"));
  const store = createFolderStore(folder);
  const opened: Readable[] = [];
  const leave = new Map<number, () => void>();
  const server = await startTestSockets(
    {},
    {
      ...store,
      async get(key, range) {
        // Half of them are gone by the time the file is open.
        leave.get(range?.start ?? 0)?.();
        const content = await store.get(key, range);
        if (content) opened.push(content);
        return content;
      },
    },
  );
  const team = await makeTeam(server.api);
  const id = randomUUID();
  const headers = { authorization: `Bearer ${team.editor.token}` };
  const address = `${server.url}/files/${id}`;
  const place = `projectId=${team.project.id}&name=a.bin`;
  await fetch(`${address}?${place}`, { method: "PUT", headers, body: randomBytes(4_000_000) });
  const asked = Array.from({ length: 20 }, async (_, start) => {
    const left = Promise.withResolvers<void>();
    const sent = request(address, { headers: { ...headers, range: `bytes=${start}-` } }, (res) => {
      res.once("data", () => sent.destroy());
      res.once("error", () => {});
    });
    if (start % 2 === 0) leave.set(start, () => sent.destroy());
    sent.once("error", () => {}).once("close", left.resolve);
    sent.end();
    await left.promise;
  });
  await Promise.all(asked);
  await expect.poll(() => opened.map(({ closed }) => closed)).toEqual(Array(20).fill(true));
  await server.stop();
  await rm(folder, { recursive: true });
});
