/** What changed within one block: words that came and words that went, each with its own mark. */

import type { MarkJson, NodeJson } from "@guildhall/document-model";
import { diffArrays } from "diff";
import { wordSegmenter } from "@/lib/locale.ts";

type Kind = "same" | "inserted" | "deleted";
type Token = { node: NodeJson; key: string; isSpace: boolean };
type Run = { kind: Kind; tokens: Token[] };

export const wordsOf = (text: string) => [...wordSegmenter.segment(text)].map((s) => s.segment);

function tokensOf(content: readonly NodeJson[]): Token[] {
  return content.flatMap((node): Token[] => {
    if (node.text === undefined) return [{ node, key: JSON.stringify(node), isSpace: false }];
    const marks = JSON.stringify(node.marks ?? []);
    return wordsOf(node.text).map((text) => ({
      node: { ...node, text },
      key: `${text} ${marks}`,
      isSpace: text.trim() === "",
    }));
  });
}

/** The content of both, the old words before the new ones that stand in their place. */
export function compareInline(
  before: readonly NodeJson[],
  after: readonly NodeJson[],
): { content: NodeJson[]; changes: number } {
  const old = tokensOf(before);
  const now = tokensOf(after);
  const runs = withoutLoneSpaces(runsOf(old, now));
  const content = runs.flatMap(({ kind, tokens }) =>
    joined(tokens.map((t) => marked(t.node, kind))),
  );
  const changes = runs.filter(
    ({ kind }, i) => kind !== "same" && (runs[i - 1]?.kind ?? "same") === "same",
  ).length;
  return { content, changes };
}

function runsOf(old: Token[], now: Token[]): Run[] {
  const keys = (tokens: Token[]) => tokens.map(({ key }) => key);
  const parts = diffArrays(keys(old), keys(now), { timeout: 500 });
  if (!parts) return [run("deleted", old), run("inserted", now)];
  let i = 0;
  let j = 0;
  return parts.map(({ added, removed, count }) => {
    const tokens = removed ? old.slice(i, i + count) : now.slice(j, j + count);
    if (!added) i += count;
    if (!removed) j += count;
    return run(removed ? "deleted" : added ? "inserted" : "same", tokens);
  });
}

const run = (kind: Kind, tokens: Token[]): Run => ({ kind, tokens });

/** "the old house" to "a new flat" reads better as one change than as three with spaces between. */
function withoutLoneSpaces(runs: Run[]): Run[] {
  const out: Run[] = [];
  for (let i = 0; i < runs.length; ) {
    const stretch = changedStretch(runs, i);
    if (stretch.length === 0) out.push(runs[i++] as Run);
    else out.push(...merged(stretch));
    i += stretch.length;
  }
  return out;
}

/** Changed runs from `start` on, with the spaces between them. */
function changedStretch(runs: Run[], start: number): Run[] {
  let end = start;
  for (let i = start; i < runs.length; i++) {
    const { kind, tokens } = runs[i] as Run;
    if (kind !== "same") end = i + 1;
    else if (i === start || !tokens.every(({ isSpace }) => isSpace)) break;
  }
  return runs.slice(start, end);
}

function merged(stretch: Run[]): Run[] {
  const side = (other: Kind) =>
    stretch.filter(({ kind }) => kind !== other).flatMap(({ tokens }) => tokens);
  const old = side("inserted");
  const now = side("deleted");
  return [run("deleted", old), run("inserted", now)].filter(
    ({ tokens, kind }) => stretch.some((r) => r.kind === kind) && tokens.length > 0,
  );
}

function marked(node: NodeJson, kind: Kind): NodeJson {
  if (kind === "same") return node;
  const mark: MarkJson = { type: kind };
  return { ...node, marks: [...(node.marks ?? []), mark] };
}

function joined(nodes: NodeJson[]): NodeJson[] {
  const out: NodeJson[] = [];
  for (const node of nodes) {
    const last = out.at(-1);
    const isText = last?.text !== undefined && node.text !== undefined;
    if (last && isText && JSON.stringify(last.marks) === JSON.stringify(node.marks)) {
      out[out.length - 1] = { ...last, text: `${last.text}${node.text}` };
    } else out.push(node);
  }
  return out;
}
