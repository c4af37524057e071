/**
 * What changed between two versions of a document, as one document that holds both.
 *
 * A comparison of their Markdown would show a moved table or a new list level as a heap of signs,
 * and one of the whole text as one stream would pair words of unlike paragraphs. So blocks are
 * aligned first: equal ones anchor the rest, what lies between is paired by the words it shares,
 * and only within a pair are words compared. Lists, quotes and tables are compared by their own
 * children in the same way.
 *
 * In the result a block that is there on one side only has `attrs.change`, `inserted` or `deleted`,
 * one whose attributes differ `changed`; within blocks the marks `inserted` and `deleted` say it.
 */
import { type NodeJson, plainText } from "@guildhall/document-model";
import { diffArrays } from "diff";
import { compareInline, wordsOf } from "./compare-inline.ts";

type BlockChange = "inserted" | "deleted" | "changed";
export type Comparison = { doc: NodeJson; changes: number };

/** How much two blocks must share to be called the same one, changed. */
const ALIKE = 0.35;
/** Above this many pairs in one gap, blocks are paired in order. */
const MOST_PAIRS = 40_000;

/** While there are as many, what stands in them is compared with what stood in the same place. */
const IN_PLACE = new Set(["tableRow", "tableCell", "tableHeader"]);
const TEXT_BLOCKS = new Set(["paragraph", "heading", "codeBlock"]);

export function compareDocuments(before: NodeJson, after: NodeJson): Comparison {
  const { nodes, changes } = compareBlocks(before.content ?? [], after.content ?? []);
  return { doc: { ...after, content: nodes }, changes };
}

type Compared = { nodes: NodeJson[]; changes: number };
type Blocks = readonly NodeJson[];

function compareBlocks(before: Blocks, after: Blocks): Compared {
  const keys = (blocks: Blocks) => blocks.map((block) => JSON.stringify(block));
  const parts = diffArrays(keys(before), keys(after), { timeout: 1_000 }) ?? [
    { removed: true, added: false, count: before.length },
    { removed: false, added: true, count: after.length },
  ];
  const nodes: NodeJson[] = [];
  let changes = 0;
  let gap: { old: NodeJson[]; now: NodeJson[] } = { old: [], now: [] };
  const closeGap = () => {
    const compared = compareGap(gap.old, gap.now);
    nodes.push(...compared.nodes);
    changes += compared.changes;
    gap = { old: [], now: [] };
  };
  let i = 0;
  let j = 0;
  for (const { added, removed, count } of parts) {
    if (removed) gap.old.push(...before.slice(i, i + count));
    else if (added) gap.now.push(...after.slice(j, j + count));
    else {
      closeGap();
      nodes.push(...after.slice(j, j + count));
    }
    if (!added) i += count;
    if (!removed) j += count;
  }
  closeGap();
  return { nodes, changes };
}

/** Neither side of it is on the other. */
function compareGap(old: Blocks, now: Blocks): Compared {
  const nodes: NodeJson[] = [];
  let changes = 0;
  let wasWhole: BlockChange | null = null;
  const whole = (node: NodeJson, change: BlockChange) => {
    nodes.push(withChange(node, change));
    if (wasWhole !== change) changes++;
    wasWhole = change;
  };
  let i = 0;
  let j = 0;
  for (const [a, b] of [...pairs(old, now), [old.length, now.length] as const]) {
    for (; i < a; i++) whole(old[i] as NodeJson, "deleted");
    for (; j < b; j++) whole(now[j] as NodeJson, "inserted");
    const [left, right] = [old[i++], now[j++]];
    if (!left || !right) break;
    const compared = compareNodes(left, right);
    nodes.push(compared.node);
    changes += compared.changes;
    wasWhole = null;
  }
  return { nodes, changes };
}

const withChange = (node: NodeJson, change: BlockChange): NodeJson => ({
  ...node,
  attrs: { ...node.attrs, change },
});

/** Two blocks that are the same one, changed. */
function compareNodes(before: NodeJson, after: NodeJson): { node: NodeJson; changes: number } {
  const inline = TEXT_BLOCKS.has(after.type);
  const { content, changes } = inline
    ? compareInline(before.content ?? [], after.content ?? [])
    : compareChildren(before, after);
  const isSame =
    before.type === after.type && JSON.stringify(before.attrs) === JSON.stringify(after.attrs);
  const node = { ...after, content };
  if (isSame) return { node, changes };
  return { node: withChange(node, "changed"), changes: Math.max(changes, 1) };
}

function compareChildren(before: NodeJson, after: NodeJson) {
  const [old, now] = [before.content ?? [], after.content ?? []];
  if (!IN_PLACE.has(after.type) || !isAligned(old, now)) {
    const { nodes, changes } = compareBlocks(old, now);
    return { content: nodes, changes };
  }
  const each = now.map((node, i) => compareNodes(old[i] ?? node, node));
  return {
    content: each.map(({ node }) => node),
    changes: each.reduce((sum, one) => sum + one.changes, 0),
  };
}

const isAligned = (old: Blocks, now: Blocks) =>
  old.length === now.length && now.every((node, i) => node.type === old[i]?.type);

type Pair = readonly [before: number, after: number];

/** Which block of the one side is which of the other, both in their order, by the words they share. */
function pairs(old: Blocks, now: Blocks): Pair[] {
  if (old.length * now.length > MOST_PAIRS) return inOrder(old, now);
  const left = old.map(bagOf);
  const right = now.map(bagOf);
  const width = now.length + 1;
  /** The best sum of likenesses of what begins at these two. */
  const best = new Float64Array((old.length + 1) * width);
  const likeness = (i: number, j: number) => likenessOf(left[i] as Bag, right[j] as Bag);
  const at = (i: number, j: number) => best[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const alike = likeness(i, j);
      const paired = alike >= ALIKE ? alike + at(i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(paired, at(i + 1, j), at(i, j + 1));
    }
  }
  const found: Pair[] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (at(i, j) === at(i + 1, j)) i++;
    else if (at(i, j) === at(i, j + 1)) j++;
    else found.push([i++, j++]);
  }
  return found;
}

const inOrder = (old: Blocks, now: Blocks): Pair[] =>
  old.flatMap((block, i) => {
    const other = now[i];
    return other && likenessOf(bagOf(block), bagOf(other)) >= ALIKE ? [[i, i] as const] : [];
  });

type Bag = { kind: string; words: Map<string, number>; size: number };

function bagOf(node: NodeJson): Bag {
  const words = new Map<string, number>();
  const all = wordsOf(plainText(node).toLowerCase()).filter((word) => word.trim() !== "");
  for (const word of all) words.set(word, (words.get(word) ?? 0) + 1);
  // A paragraph that becomes a heading is the same text.
  const kind = node.type === "heading" ? "paragraph" : node.type;
  return { kind, words, size: all.length };
}

/** From 0 to 1: the share of words that both have. */
function likenessOf(a: Bag, b: Bag): number {
  if (a.kind !== b.kind || a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const [word, count] of a.words) common += Math.min(count, b.words.get(word) ?? 0);
  return (2 * common) / (a.size + b.size);
}
