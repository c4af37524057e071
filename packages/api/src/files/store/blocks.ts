/** What comes in small pieces of any length, put together in blocks of one. */
import { type Content, TooLong } from "../../core/file-store.ts";

/**
 * Each block is full, but for the last; there is none when nothing comes. `take` gives the memory of the
 * next one. Past the bound it fails.
 */
export async function* inBlocks<Block extends Uint8Array>(
  content: Content,
  maxBytes: number,
  take: () => Block,
): AsyncGenerator<Block> {
  let block = take();
  let [filled, size] = [0, 0];
  for await (const bytes of content) {
    size += bytes.length;
    if (size > maxBytes) throw new TooLong(maxBytes);
    for (let at = 0; at < bytes.length; ) {
      const some = bytes.subarray(at, at + block.length - filled);
      block.set(some, filled);
      at += some.length;
      filled += some.length;
      if (filled < block.length) continue;
      yield block;
      [block, filled] = [take(), 0];
    }
  }
  // A part of a block is one of its kind, which its type does not say.
  if (filled > 0) yield block.subarray(0, filled) as Block;
}
