/**
 * For tests without a Meilisearch at hand: a server that speaks as much of its protocol as is used
 * here, and does search: words by their beginnings and with slips, filters, facets, the title before
 * the text, the newest first. Written from Meilisearch's documentation of its API.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { isNear } from "../src/search/marks.ts";
import type { IndexedEntry } from "../src/search/meilisearch.ts";
import { pairs, runs } from "../src/search/tokens.ts";

type Index = {
  settings: { filterableAttributes?: string[] };
  documents: Map<string, IndexedEntry>;
};
type Search = { q: string; filter?: string[]; offset?: number; limit?: number; facets?: string[] };

export async function startTestMeilisearch(key = "a key for tests") {
  const indexes = new Map<string, Index>();
  const tasks: { uid: number; status: string; error: object | null }[] = [];
  let isAway = false;
  let accepted = key;
  let asked = 0;

  function enqueue(work: () => void) {
    let error: object | null = null;
    try {
      work();
    } catch (cause) {
      error = { message: String(cause), code: "test", type: "invalid_request" };
    }
    const task = { uid: tasks.length, status: error ? "failed" : "succeeded", error };
    tasks.push(task);
    return [
      202,
      { taskUid: task.uid, indexUid: null, status: "enqueued", type: "x", enqueuedAt: "" },
    ];
  }

  function answer(method: string, path: string, body: never): unknown[] {
    const [, of, uid = "", ...rest] = path.split("/");
    const index = indexes.get(uid);
    const what = `${method} ${of} ${rest.join("/")}`.trim();
    if (what === "GET tasks")
      return [200, { ...tasks[Number(uid)], enqueuedAt: "2026-01-01T00:00:00Z" }];
    if (what === "POST indexes") {
      const { uid: made } = body as { uid: string };
      return enqueue(() => {
        if (indexes.has(made)) throw new Error("index_already_exists");
        indexes.set(made, { settings: {}, documents: new Map() });
      });
    }
    if (!index)
      return [404, { message: "no index", code: "index_not_found", type: "invalid_request" }];
    switch (what) {
      case "PATCH indexes settings":
        return enqueue(() => Object.assign(index.settings, body));
      case "GET indexes settings/filterable-attributes":
        return [200, index.settings.filterableAttributes ?? []];
      case "GET indexes stats":
        return [200, { numberOfDocuments: index.documents.size, isIndexing: false }];
      case "POST indexes documents":
        return enqueue(() => {
          for (const each of body as IndexedEntry[]) index.documents.set(each.key, each);
        });
      case "DELETE indexes documents":
        return enqueue(() => index.documents.clear());
      case "POST indexes documents/delete-batch":
        return enqueue(() => {
          for (const each of body as string[]) index.documents.delete(each);
        });
      case "POST indexes search":
        asked++;
        return [200, find(index, body)];
      default:
        return [404, { message: what, code: "not_found", type: "invalid_request" }];
    }
  }

  const server = createServer(async (req, res) => {
    const body = await read(req);
    const allowed = req.headers.authorization === `Bearer ${accepted}`;
    const path = new URL(req.url ?? "/", "http://x").pathname;
    const [status, said] = isAway
      ? [503, { message: "away", code: "away", type: "internal" }]
      : allowed
        ? answer(req.method ?? "", path, body as never)
        : [403, { message: "wrong key", code: "invalid_api_key", type: "auth" }];
    res.writeHead(Number(status), { "content-type": "application/json" }).end(JSON.stringify(said));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    /** From now on it answers nothing of use, or again. */
    setAway(away: boolean) {
      isAway = away;
    },
    /** As if its disk had been lost. */
    lose() {
      indexes.clear();
    },
    /** As if somebody had made indexes of these names, empty but for one that is not ours. */
    replace() {
      for (const index of indexes.values()) {
        index.settings = {};
        for (const key of [...index.documents.keys()].slice(1)) index.documents.delete(key);
      }
    },
    setKey(another: string) {
      accepted = another;
    },
    /** How often it was searched. */
    asked: () => asked,
    /** Whether anything in it has this text. */
    holds: (text: string) =>
      JSON.stringify([...indexes.values()].map((i) => [...i.documents])).includes(text),
    size: () => [...indexes.values()].reduce((sum, { documents }) => sum + documents.size, 0),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function read(req: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of req) text += chunk;
  return text ? JSON.parse(text) : null;
}

function find(index: Index, { q, filter = [], offset = 0, limit = 20, facets = [] }: Search) {
  const fits = filter.map((each) => condition(each, index.settings.filterableAttributes ?? []));
  const words = [...runs(q)].flatMap(({ word, unspaced }) => (unspaced ? cut(word) : [word]));
  const found = [...index.documents.values()]
    .filter((entry) => fits.every((fit) => fit(entry)))
    .map((entry) => ({ entry, rank: rank(entry, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || b.entry.updatedAt - a.entry.updatedAt);
  const distribution: Record<string, number> = {};
  for (const { entry } of found) distribution[entry.kind] = (distribution[entry.kind] ?? 0) + 1;
  return {
    hits: found.slice(offset, offset + limit).map(({ entry: { kind, id } }) => ({ kind, id })),
    query: q,
    offset,
    limit,
    estimatedTotalHits: found.length,
    processingTimeMs: 0,
    ...(facets.length > 0 && { facetDistribution: { kind: distribution } }),
  };
}

const cut = (word: string) => (word.length > 1 ? pairs(word).slice(0, -1) : [word]);

function rank({ title, text }: IndexedEntry, words: string[]): number {
  const inTitle = allWords(title);
  const inBoth = [...inTitle, ...allWords(text)];
  if (words.every((word) => inTitle.some((each) => each.startsWith(word)))) return 3;
  if (words.every((word) => inBoth.some((each) => each.startsWith(word)))) return 2;
  return words.every((word) => inBoth.some((each) => each.startsWith(word) || isNear(word, each)))
    ? 1
    : 0;
}

const allWords = (text: string) =>
  [...runs(text)].flatMap(({ word, unspaced }) => (unspaced ? pairs(word) : [word]));

/** `name = "x"`, `name IN ["x", "y"]`, `name NOT IN ["x"]`, `name >= 1`, `name < 1`. */
function condition(text: string, filterable: string[]): (entry: IndexedEntry) => boolean {
  const [, name = "", operator, value = ""] = /^(\w+) (=|IN|NOT IN|>=|<) (.+)$/.exec(text) ?? [];
  if (!filterable.includes(name)) throw new Error(`${name} is not filterable`);
  const given = JSON.parse(value) as string | number | string[];
  return (entry) => {
    const has = [entry[name as keyof IndexedEntry]].flat();
    if (operator === ">=") return Number(has[0]) >= Number(given);
    if (operator === "<") return Number(has[0]) < Number(given);
    const isOne = [given].flat().some((each) => has.includes(each as never));
    return operator === "NOT IN" ? !isOne : isOne;
  };
}
