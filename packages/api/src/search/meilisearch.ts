/**
 * Meilisearch, in the words of this house. It is asked only for what fits and in which order; what is
 * shown, and whether the reader may see it, the database decides.
 */
import { type EnqueuedTaskPromise, Meilisearch, type SearchParams } from "meilisearch";
import type { Place } from "./cursor.ts";
import type { Ask, FoundPage, Ref } from "./search.ts";
import type { SearchKind } from "./sources.ts";

export type MeilisearchAddress = { url: string; key?: string | undefined; index?: string };

/** As it lies in the index; times are milliseconds, since Meilisearch compares numbers only. */
export type IndexedEntry = Ref & {
  /** `kind_id` */
  key: string;
  workspaceId: string;
  /** `everybody`, where an entry has none. */
  areaId: string;
  projectId: string | null;
  personIds: string[];
  state: string | null;
  updatedAt: number;
  title: string;
  text: string;
};

export const EVERYBODY = "everybody";

/** How long a question may wait for it, before the database is asked instead. */
const ASKED_MS = 2_000;
/** How long one batch may take; within what a worker holds the cursor for. */
const TASK_MS = 60_000;
/** What one reader may page through. */
const MOST_HITS = 1_000;

const SETTINGS = {
  searchableAttributes: ["title", "text"],
  filterableAttributes: [
    "workspaceId",
    "areaId",
    "projectId",
    "kind",
    "personIds",
    "state",
    "updatedAt",
  ],
  sortableAttributes: ["updatedAt"],
  rankingRules: ["words", "typo", "attribute", "exactness", "updatedAt:desc"],
  pagination: { maxTotalHits: MOST_HITS },
};

export type OutsideIndex = ReturnType<typeof openMeilisearch>;

export function openMeilisearch({ url, key, index = "guildhall" }: MeilisearchAddress) {
  const server = { host: url, apiKey: key };
  const asking = new Meilisearch({ ...server, timeout: ASKED_MS }).index<IndexedEntry>(index);
  const client = new Meilisearch({ ...server, timeout: TASK_MS });
  const feeding = client.index<IndexedEntry>(index);

  async function done(task: EnqueuedTaskPromise) {
    const { status, error } = await task.waitTask({ timeout: TASK_MS, interval: 50 });
    if (status !== "succeeded") throw new Error(`Meilisearch: ${error?.message ?? status}`);
  }

  return {
    /** What its cursor is kept under. */
    target: `${url}#${index}`,

    /** Makes the index, or brings its settings to ours, and empties it. */
    async clear() {
      await client
        .createIndex(index, { primaryKey: "key" })
        .waitTask({ timeout: TASK_MS, interval: 50 });
      await done(feeding.updateSettings(SETTINGS));
      await done(feeding.deleteAllDocuments());
    },

    /** Its version; null when our key may not ask for it. Throws when it does not answer. */
    async version(): Promise<string | null> {
      const probe = new Meilisearch({ ...server, timeout: ASKED_MS });
      await probe.health();
      return probe.getVersion().then(
        ({ pkgVersion }) => pkgVersion,
        () => null,
      );
    },

    /** Null: there is no such index, or somebody made one in its place. */
    async size(): Promise<number | null> {
      try {
        const filterable = await feeding.getFilterableAttributes();
        const isOurs = SETTINGS.filterableAttributes.every((name) => filterable?.includes(name));
        return isOurs ? (await feeding.getStats()).numberOfDocuments : null;
      } catch (error) {
        if (error instanceof Error && /index_not_found/.test(JSON.stringify(error))) return null;
        throw error;
      }
    },

    async put(entries: IndexedEntry[]) {
      if (entries.length > 0) await done(feeding.addDocuments(entries, { primaryKey: "key" }));
    },

    async take(keys: string[]) {
      if (keys.length > 0) await done(feeding.deleteDocuments(keys));
    },

    async find(ask: Ask, place: Place | null): Promise<FoundPage> {
      const offset = place && "offset" in place ? place.offset : 0;
      const { hits } = await asking.search(wordsOf(ask), {
        ...fitting(ask),
        offset,
        limit: ask.limit + 1,
        attributesToRetrieve: ["kind", "id"],
        ...(ask.question.terms.length === 0 && { sort: ["updatedAt:desc"] }),
      });
      const refs = hits.slice(0, ask.limit).map(({ kind, id }): Ref => ({ kind, id }));
      const next = hits.length > ask.limit && offset + ask.limit < MOST_HITS;
      return { refs, next: next ? { offset: offset + ask.limit } : null };
    },

    async count(ask: Ask): Promise<{ kind: SearchKind; count: number }[]> {
      const asked = { ...fitting({ ...ask, kinds: null }), limit: 0, facets: ["kind"] };
      const { facetDistribution } = await asking.search(wordsOf(ask), asked);
      const counts = Object.entries(facetDistribution?.kind ?? {});
      return counts.map(([kind, count]) => ({ kind: kind as SearchKind, count }));
    },
  };
}

/** Cleared of what would be operators there: quotes and minus signs. */
const wordsOf = ({ question }: Ask) => question.terms.map(({ word }) => word).join(" ");

/** Values are ids that were checked, numbers and words of ours: nothing that people type. */
function fitting(ask: Ask): Pick<SearchParams, "filter" | "matchingStrategy"> {
  const { workspaceId, visibility, kinds, projectId, personId, states, from, to } = ask;
  const oneOf = (name: string, values: Iterable<string>) =>
    `${name} IN [${[...values].map((value) => `"${value}"`).join(", ")}]`;
  const filter = [`workspaceId = "${workspaceId}"`];
  if (visibility.role !== "owner") {
    const open = visibility.role === "guest" ? [] : [EVERYBODY];
    filter.push(oneOf("areaId", [...open, ...visibility.scopeIds]));
  } else if (visibility.deletedScopeIds.size > 0) {
    filter.push(oneOf("areaId NOT", visibility.deletedScopeIds));
  }
  if (kinds) filter.push(oneOf("kind", kinds));
  if (projectId) filter.push(`projectId = "${projectId}"`);
  if (personId) filter.push(`personIds = "${personId}"`);
  if (states) filter.push(oneOf("state", states));
  if (from) filter.push(`updatedAt >= ${from.getTime()}`);
  if (to) filter.push(`updatedAt < ${to.getTime()}`);
  return { filter, matchingStrategy: "all" };
}
