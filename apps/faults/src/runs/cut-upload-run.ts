/**
 * A long upload through a network that cuts every connection five times: it completes, what comes back
 * is what was sent, and the server has not held it in memory meanwhile.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { openAsBlob, readFileSync } from "node:fs";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startTestingProxy } from "@guildhall/testing/proxy";
import { uploadInParts } from "@guildhall/testing/uploads";
import { startServerWithPostgres } from "../servers/server-with-postgres.ts";
import { openSender, uploadRun } from "./upload-run.ts";

const MB = 1024 * 1024;
const CUTS = 5;
const MAX_GROWTH_MB = 64;
const PART = 8 * MB;

export const cutUpload = uploadRun({
  name: "A long upload on a network that is cut five times",
  // Where else is told how much a process holds?
  onlyOnLinux: true,
  play: async ({ dice, length, undo, demand }) => {
    const server = await startServerWithPostgres();
    undo.push(server.remove);
    const proxy = await startTestingProxy(server.port);
    undo.push(proxy.stop);
    const folder = await mkdtemp(path.join(tmpdir(), "guildhall-long-"));
    undo.push(() => rm(folder, { recursive: true }));
    const { file, sum, size } = await makeFile(folder, (length === "long" ? 1_024 : 40) * MB);
    const { upload: direct, fetchFile } = await openSender(server);
    const upload = { ...direct, url: proxy.url, name: "long.bin" };
    // Its first one has it load and compile what an upload needs.
    await uploadInParts({ ...upload, body: new Blob([randomBytes(20 * MB)]) });

    const held = watchMemory(server.program().child.pid);
    const parts = Math.ceil(size / PART);
    let [sent, cuts] = [0, 0];
    const onPart = () => {
      // Spread over the whole, and in the middle of parts.
      sent++;
      if (cuts === CUTS || sent < ((cuts + 1) * parts) / (CUTS + 1)) return;
      cuts++;
      setTimeout(() => proxy.cut(), 2 + dice.roll(8));
    };
    const long = { ...upload, id: randomUUID(), body: await openAsBlob(file), onPart };
    let done: Awaited<ReturnType<typeof uploadInParts>> | null = null;
    for (let tries = 0; !done && tries < 50; tries++)
      done = await uploadInParts(long).catch(() => null);
    const growth = held.stop();
    demand(done?.size === size, `the upload ended as ${JSON.stringify(done)}`);
    demand(cuts === CUTS, `the network was cut ${cuts} times`);
    demand(growth < MAX_GROWTH_MB, `the server grew by ${growth.toFixed(1)} MB`);
    const got = await fetchFile(long.id);
    const hash = createHash("sha256");
    for await (const bytes of got.body ?? []) hash.update(bytes);
    demand(hash.digest("hex") === sum, "what came back is not what was sent");
    const spare = sent - parts;
    if (length === "long") {
      console.log(
        `  ${size / MB} MB, ${cuts} cuts, ${spare} of ${parts} parts sent twice, the server grew by ${growth.toFixed(1)} MB`,
      );
    }
  },
});

async function makeFile(folder: string, size: number) {
  const file = path.join(folder, "long.bin");
  const hash = createHash("sha256");
  for (let left = size; left > 0; left -= PART) {
    const bytes = randomBytes(Math.min(PART, left));
    hash.update(bytes);
    await appendFile(file, bytes);
  }
  return { file, size, sum: hash.digest("hex") };
}

/** How much more the process holds at its most than at the start, in MB. */
function watchMemory(pid: number | undefined) {
  const resident = () =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  const before = resident();
  let most = before;
  const look = () => {
    most = Math.max(most, resident());
  };
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most - before;
    },
  };
}
