/**
 * A description or a comment back to Markdown. Printing all of it anew would change what nobody touched: a list
 * written with stars, a table's spaces, a tag of an import. So each block that is as it was read keeps its own
 * letters, and what stood between two such neighbours too; only the others are printed. What comes of it is read
 * again: blocks that would melt into each other that way are printed together.
 */
import type { Node } from "@tiptap/pm/model";
import { cleanDocument } from "../clean.ts";
import { textSchema } from "../extensions.ts";
import type { DocumentJson, NodeJson } from "../json.ts";
import { forText } from "./for-markdown.ts";
import { readText, type TextBlock } from "./read-text.ts";
import { readTextHtml } from "./read-text-html.ts";
import { withoutEscapes } from "./without-escapes.ts";
import { writeBlocks } from "./write-markdown.ts";

export type OpenedText = {
  /** What to show and to edit. */
  json: DocumentJson;
  /** The Markdown of what has become of it. */
  write: (doc: Node) => string;
};

export function openText(source: string): OpenedText {
  const read = readBlocks(source);
  const content = read.flatMap(({ nodes }) => nodes);
  let blocks: Block[] | null = null;
  return {
    json: cleanDocument({ type: "doc", content }, textSchema),
    write(doc) {
      blocks ??= read.map((block) => ({ ...block, keys: keysOf(settled(block.nodes)) }));
      return write(doc.children.flatMap(settledBlock), source, blocks);
    },
  };
}

const readBlocks = (source: string): TextBlock[] =>
  readText(source, readTextHtml).map(({ nodes: content, ...block }) => ({
    ...block,
    nodes: withoutEmpty(cleanDocument({ type: "doc", content }, textSchema).content ?? []),
  }));
const settled = (content: NodeJson[]) =>
  withoutEmpty(forText({ type: "doc", content }).content ?? []);
/** A document without anything in it is one empty paragraph. */
const withoutEmpty = (nodes: NodeJson[]) =>
  nodes.filter(({ type, content }) => type !== "paragraph" || content !== undefined);
const keysOf = (nodes: NodeJson[]) => nodes.map((node) => JSON.stringify(node));
const readAgain = (source: string) => settled(readBlocks(source).flatMap(({ nodes }) => nodes));

type Block = TextBlock & { keys: string[] };
type Settled = { node: NodeJson; key: string };

/** Nodes never change, and from key to key all but one are the same. */
const known = new WeakMap<Node, Settled[]>();

function settledBlock(block: Node): Settled[] {
  const before = known.get(block);
  if (before) return before;
  const found = settled([block.toJSON()]).map((node) => ({ node, key: JSON.stringify(node) }));
  known.set(block, found);
  return found;
}

function write(wanted: Settled[], source: string, blocks: Block[]): string {
  const nodes = wanted.map(({ node }) => node);
  const keys = wanted.map(({ key }) => key);
  const pieces = piecesOf(nodes, keys, blocks);
  return isReadAsWanted(pieces, source, blocks) ? join(pieces, source, blocks) : print(nodes);
}

/**
 * Reads again what was printed, with the blocks beside it: further away it changes nothing. Where others are
 * referred to by a name, anything may.
 */
function isReadAsWanted(pieces: Piece[], source: string, blocks: Block[]): boolean {
  const keysIn = (part: Piece[]) =>
    part.flatMap((piece) => (typeof piece === "number" ? (blocks[piece]?.keys ?? []) : piece.keys));
  const isSameIn = (part: Piece[]) => isSame(readAgain(join(part, source, blocks)), keysIn(part));
  const hasNames =
    blocks.some(({ keys }) => keys.length === 0) || /^ {0,3}\[[^\]]+\]:/m.test(source);
  if (hasNames) return isSameIn(pieces);
  return pieces.every((piece, at) => {
    const next = pieces[at + 1];
    // Two that were not neighbours before may melt as well.
    const isJoined = typeof piece !== "number" || (next !== undefined && next !== piece + 1);
    return !isJoined || isSameIn(pieces.slice(Math.max(0, at - 1), at + 2));
  });
}

const isSame = (nodes: NodeJson[], keys: string[]) =>
  nodes.length === keys.length && keysOf(nodes).every((key, at) => key === keys[at]);

function print(nodes: NodeJson[]): string {
  if (nodes.length === 0) return "";
  const printed = writeBlocks(nodes, { address: (same) => same, isTyped: true, readAgain });
  const keys = keysOf(nodes);
  return withoutEscapes(printed.replace(/\n$/, ""), (text) => isSame(readAgain(text), keys));
}

/** The number of a block that is kept, or what is printed. */
type Piece = number | { text: string; keys: string[] };

function piecesOf(wanted: NodeJson[], keys: string[], blocks: Block[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let next = 0;
  const keepUnseen = (until: number) => {
    // What others refer to, or what closes a tag, is needed as long as they may be.
    for (; next < until; next++) if (blocks[next]?.keys.length === 0) pieces.push(next);
  };
  const printUntil = (end: number) => {
    if (end > at) pieces.push({ text: print(wanted.slice(at, end)), keys: keys.slice(at, end) });
    at = end;
  };
  for (const [index, start] of keptBlocks(keys, blocks)) {
    printUntil(start);
    keepUnseen(index);
    pieces.push(index);
    at = start + (blocks[index]?.keys.length ?? 0);
    next = index + 1;
  }
  printUntil(wanted.length);
  keepUnseen(blocks.length);
  return pieces;
}

/** Which blocks are there as they were, each with where: in order, from both ends and then between. */
function keptBlocks(keys: string[], blocks: Block[]): [index: number, start: number][] {
  const isAt = (index: number, start: number) =>
    blocks[index]?.keys.every((key, n) => key === keys[start + n]) ?? false;
  const found: [number, number][] = [];
  let index = 0;
  let start = 0;
  for (; index < blocks.length && isAt(index, start); index++) {
    const size = blocks[index]?.keys.length ?? 0;
    if (size > 0) found.push([index, start]);
    start += size;
  }
  const ending: [number, number][] = [];
  let end = keys.length;
  let last = blocks.length;
  for (; last > index; last--) {
    const size = blocks[last - 1]?.keys.length ?? 0;
    if (end - size < start || !isAt(last - 1, end - size)) break;
    end -= size;
    if (size > 0) ending.unshift([last - 1, end]);
  }
  for (; index < last; index++) {
    const size = blocks[index]?.keys.length ?? 0;
    let there = start;
    while (there + size <= end && !isAt(index, there)) there++;
    if (size === 0 || there + size > end) continue;
    found.push([index, there]);
    start = there + size;
  }
  return [...found, ...ending];
}

function join(pieces: Piece[], source: string, blocks: Block[]): string {
  const edge = (index: number) => blocks[index] as Block;
  let text = "";
  pieces.forEach((piece, at) => {
    const before = pieces[at - 1];
    if (typeof piece !== "number") {
      text += (at > 0 ? "\n\n" : "") + piece.text;
      return;
    }
    const { from, to } = edge(piece);
    if (before === piece - 1) text += source.slice(edge(piece - 1).to, to);
    else if (at === 0 && piece === 0) text += source.slice(0, to);
    else text += (at > 0 ? "\n\n" : "") + source.slice(lineStart(source, from), to);
  });
  const last = pieces.at(-1);
  const isLast = typeof last === "number" && last === blocks.length - 1;
  return isLast ? text + source.slice(edge(last).to) : text;
}

/** With the spaces that the block stands behind, from which its further lines are counted. */
function lineStart(source: string, from: number): number {
  let start = from;
  while (source[start - 1] === " " || source[start - 1] === "\t") start--;
  return start;
}
