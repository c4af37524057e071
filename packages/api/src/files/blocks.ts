/**
 * What comes in small pieces, put together in blocks that threads share. The blocks are used again: new
 * memory for each costs more than copying into it. Of a size that stays in a processor's cache while it
 * is filled, summed and written.
 */
import { TooLong } from "../core/file-store.ts";

const BLOCK_BYTES = 256 * 1024;
const MOST_SPARE = 64;
const spare: SharedArrayBuffer[] = [];

export type Filled = { block: SharedArrayBuffer; length: number };

/** Past the bound it fails. Each block is to be given back. */
export async function* inBlocks(
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Filled> {
  let block = take();
  let [length, size] = [0, 0];
  for await (const bytes of content) {
    size += bytes.length;
    if (size > maxBytes) throw new TooLong(maxBytes);
    for (let at = 0; at < bytes.length; ) {
      const some = bytes.subarray(at, at + BLOCK_BYTES - length);
      new Uint8Array(block).set(some, length);
      at += some.length;
      length += some.length;
      if (length < BLOCK_BYTES) continue;
      yield { block, length };
      [block, length] = [take(), 0];
    }
  }
  if (length > 0) yield { block, length };
  else giveBack(block);
}

const take = () => spare.pop() ?? new SharedArrayBuffer(BLOCK_BYTES);

export function giveBack(block: SharedArrayBuffer): void {
  if (spare.length < MOST_SPARE) spare.push(block);
}
