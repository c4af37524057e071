import { open } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { createTarPacker } from "modern-tar";
import { SUMS, Tally } from "./format.ts";

export type Archive = {
  tally: Tally;
  add(name: string, content: Uint8Array): Promise<void>;
  addFile(name: string, file: string): Promise<void>;
};

/** Packs what `fill` adds into `output`, closes it with the sums, and throws whatever went wrong first. */
export async function packArchive(
  output: Writable,
  fill: (archive: Archive) => Promise<void>,
): Promise<void> {
  const { readable, controller } = createTarPacker();
  // Typed as the browser's stream by one library and as Node's by the other; it is Node's.
  const tar = Readable.fromWeb(readable as Parameters<typeof Readable.fromWeb>[0]);
  const written = pipeline(tar, createGzip(), output);
  // Told below; without this a disk that is full while a table is read would end the process.
  written.catch(() => {});
  const tally = new Tally();

  async function add(name: string, chunks: AsyncIterable<Uint8Array>, size: number) {
    tally.open(name);
    const writer = controller.add({ name, size, mode: 0o600 }).getWriter();
    for await (const chunk of chunks) {
      if (name !== SUMS) tally.add(name, chunk);
      await writer.write(chunk);
    }
    await writer.close();
  }
  const addContent = (name: string, content: Uint8Array) =>
    add(name, once(content), content.length);

  try {
    await fill({
      tally,
      add: addContent,
      async addFile(name, file) {
        const handle = await open(file);
        try {
          const { size } = await handle.stat();
          await add(name, handle.createReadStream({ autoClose: false }), size);
        } finally {
          await handle.close();
        }
      },
    });
    const sums = tally.sums();
    await addContent(SUMS, Buffer.from(JSON.stringify(sums)));
    controller.finalize();
  } catch (error) {
    controller.error(error);
    // When the output failed, that is the reason, and `error` only its echo.
    throw await written.then(
      () => error,
      (first) => first,
    );
  }
  await written;
}

async function* once(content: Uint8Array) {
  yield content;
}
