/**
 * Memory for blocks that threads share. It is used again: new memory for each block costs more than
 * copying into it. Of a size that stays in a processor's cache while it is filled, summed and written.
 */
const BLOCK_BYTES = 256 * 1024;
const MOST_SPARE = 64;

export type SharedBlock = Uint8Array<SharedArrayBuffer>;

const spare: SharedArrayBuffer[] = [];

export const takeBlock = (): SharedBlock =>
  new Uint8Array(spare.pop() ?? new SharedArrayBuffer(BLOCK_BYTES));

export function giveBack({ buffer }: SharedBlock): void {
  if (spare.length < MOST_SPARE) spare.push(buffer);
}
