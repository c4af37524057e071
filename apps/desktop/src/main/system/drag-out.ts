import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { app, nativeImage } from "electron";
import type { Caller } from "../bridge/callers.ts";
import { ExpectedError } from "../bridge/expected-error.ts";
import { trayImage } from "../notify/images.ts";

/** Larger ones are downloaded from their menu, where one sees how it goes. */
const LARGEST = 512 * 1024 * 1024;
/** So many files lie there; the oldest goes first. */
const MOST = 20;

type Options = { serverOf: (profileId: string) => string | null };

/**
 * Files that are dragged out of the window, into a folder or a mail. The system takes a file from the disk, so it is
 * fetched when somebody points at it, into a folder of its own that ends with the app.
 */
export function offerDragOut({ serverOf }: Options) {
  const ready = new Map<string, string>();
  const root = join(app.getPath("temp"), "guildhall-dragged");
  // Of a run that was killed.
  const begun = rm(root, { recursive: true, force: true });

  async function prepare(url: string, name: string, { contents, profileId }: Caller) {
    const server = serverOf(profileId);
    if (!server || !url.startsWith(`${server}/files/`)) {
      throw new ExpectedError("Only files of this server can be dragged out.");
    }
    await begun;
    const answer = await contents.session.fetch(url);
    if (!answer.ok || !answer.body) throw new ExpectedError("The file couldn't be fetched.");
    await mkdir(root, { recursive: true });
    const folder = await mkdtemp(join(root, "file-"));
    const path = join(folder, safeName(name));
    const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
    try {
      await pipeline(body, bound(), createWriteStream(path));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    const token = folder.slice(root.length + 1);
    ready.set(token, path);
    for (const old of [...ready.keys()].slice(0, Math.max(0, ready.size - MOST))) {
      ready.delete(old);
      void rm(join(root, old), { recursive: true, force: true });
    }
    return token;
  }

  return {
    prepare,
    /** While the button is held down. */
    start(token: string, { contents }: Caller) {
      const file = ready.get(token);
      if (file) contents.startDrag({ file, icon: icon() });
    },
    clear: () => rm(root, { recursive: true, force: true }),
  };
}

/** macOS refuses an empty one. */
const icon = () => {
  const image = trayImage(false, "linux");
  return image.isEmpty() ? nativeImage.createEmpty() : image;
};

function bound() {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > LARGEST)
        done(new ExpectedError("The file is too large to be dragged. Download it."));
      else done(null, chunk);
    },
  });
}

/** As the person knows it, as long as every system takes it. */
export function safeName(name: string): string {
  const kept = [...name].map((c) => (c < " " || '<>:"/\\|?*\u007f'.includes(c) ? "_" : c)).join("");
  const bare = kept.replace(/[. ]+$/, "").slice(-200);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(bare) ? `_${bare}` : bare || "file";
}
