/** The places that are kept on this device: stored, shown, and told to the other windows. */
import { dropText } from "@/entities/documents/sync/texts/text-store.ts";
import { inStores, readAll } from "@/entities/offline/store/database.ts";
import {
  type Fetched,
  firstPage,
  type Place,
  placeKey,
  type StoredPlace,
  stamp,
} from "@/entities/offline/store/stored.ts";
import { sweep } from "@/entities/offline/store/sweep.ts";
import type { AccountChannel } from "@/sync/outbox/account-channel.ts";
import { measurePlaces, type Sizes } from "./measure-places.ts";
import { type OfflinePlace, offlinePlaces } from "./offline-places.ts";

type Message = { kind: "asked" } | { kind: "shown"; places: readonly OfflinePlace[] };
const TOPIC = "offline-places";
const MEASURE_EVERY_MS = 1_500;

export type PlaceList = Awaited<ReturnType<typeof openPlaceList>>;

type Options = { account: string; channel: AccountChannel };

export async function openPlaceList(db: IDBDatabase, { account, channel }: Options) {
  let places = await readAll(db, "places");
  for (const { began } of places) stamp(began);
  let sizes: Sizes = await measurePlaces(db, places);
  let measuredAt = 0;
  let isFull = false;
  let onAsked: (() => void) | null = null;

  const post = (message: Message) => channel.post(TOPIC, message);
  function show() {
    const shown = places.map((place) => shownPlace(place, sizes, isFull));
    offlinePlaces.set(shown);
    if (channel.isSender.get()) post({ kind: "shown", places: shown });
  }
  async function measure() {
    measuredAt = Date.now();
    sizes = await measurePlaces(db, places);
    show();
  }
  async function reload() {
    places = await readAll(db, "places");
    await measure();
    onAsked?.();
  }
  channel.listen<Message>(TOPIC, (message) => {
    if (message.kind === "asked") void reload().catch(() => undefined);
    // Whoever reads knows best how far it is.
    else if (!channel.isSender.get()) offlinePlaces.set(message.places);
  });

  async function store(changed: readonly StoredPlace[]) {
    if (changed.length === 0) return;
    const byKey = new Map(changed.map((place) => [place.key, place]));
    places = places.map((place) => byKey.get(place.key) ?? place);
    await inStores(db, ["places"], (stores) => {
      for (const place of changed) stores.places.put(place);
    });
  }
  async function sweepAway(read?: StoredPlace) {
    const gone = await sweep(db, { places, ...(read && { read }) });
    for (const id of gone) await dropText(account, id);
  }

  show();
  return {
    places: (): readonly StoredPlace[] => places,
    /** Of all that is stored, about. */
    bytes: () => sizes.bytes,
    onAsked(listener: () => void) {
      onAsked = listener;
      return () => {
        onAsked = null;
      };
    },

    async add({ kind, id, workspaceId, name }: Place & { workspaceId: string; name: string }) {
      const place = startReading({
        ...{ kind, id, workspaceId, name, key: placeKey({ kind, id }), since: new Date() },
        isWhole: false,
      });
      places = [...places.filter(({ key }) => key !== place.key), place];
      await store([place]);
      show();
      post({ kind: "asked" });
    },

    async drop(keys: readonly string[]) {
      places = places.filter(({ key }) => !keys.includes(key));
      const workspaces = new Set(places.map(({ workspaceId }) => workspaceId));
      const feeds = await readAll(db, "feeds");
      await inStores(db, ["places", "feeds"], (stores) => {
        for (const key of keys) stores.places.delete(key);
        for (const { workspaceId } of feeds) {
          if (!workspaces.has(workspaceId)) stores.feeds.delete(workspaceId);
        }
      });
      show();
      await sweepAway();
      await measure();
      post({ kind: "asked" });
    },

    /** Their rows from the beginning; what is there stays until it is known to be gone. */
    async readAgain(keys: readonly string[]) {
      const again = places.filter(({ key }) => keys.includes(key)).map(startReading);
      await store(again);
      if (again.length > 0) show();
    },

    /** A page of it has come, and is stored. */
    async hasRead(read: StoredPlace) {
      places = places.map((place) => (place.key === read.key ? read : place));
      if (read.phase === "ready") {
        await sweepAway(read);
        await store([{ ...read, isWhole: true }]);
        await measure();
      } else show();
    },

    async hasFetched(fetched: Fetched) {
      isFull = fetched === "full";
      const isDue = Date.now() - measuredAt > MEASURE_EVERY_MS;
      if (fetched !== "some" || isDue) await measure();
    },

    addBytes(bytes: number) {
      sizes = { ...sizes, bytes: sizes.bytes + bytes };
    },

    async setProblem(problem: string | null) {
      await store(places.map((place) => ({ ...place, problem })));
      show();
      if (problem === null) post({ kind: "asked" });
    },

    stop() {
      onAsked = null;
    },
  };
}

function startReading(
  place: Pick<StoredPlace, "kind" | "id" | "workspaceId" | "name" | "key" | "since" | "isWhole">,
): StoredPlace {
  const start = { phase: "reading" as const, next: firstPage(place), began: stamp() };
  return { ...place, ...start, problem: null, rows: 0, rowBytes: 0 };
}

function shownPlace(place: StoredPlace, { of }: Sizes, isFull: boolean): OfflinePlace {
  const { kind, id, key, workspaceId, name, problem, phase, rows, rowBytes } = place;
  const { bytes = 0, left = { count: 0, bytes: 0 } } = of.get(key) ?? {};
  const fetching = left.count === 0 ? "ready" : isFull ? "full" : "fetching";
  const state = problem ? "problem" : phase === "reading" ? "reading" : fetching;
  return {
    ...{ kind, id, key, workspaceId, name, problem, state, rows, left },
    bytes: bytes + rowBytes,
  };
}
