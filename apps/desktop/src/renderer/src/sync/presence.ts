/**
 * Who is here now, and telling the others where this page is. Nothing of it is kept: without a
 * connection nobody is shown.
 */
import type { Place, PresenceEvent } from "@guildhall/api/client";
import { onlineManager } from "@tanstack/react-query";
import { createObservable } from "@/lib/observable.ts";
import type { Connection } from "./server/connection.ts";

/** By user id, oneself included, in the order in which they came. */
export type PeopleHere = ReadonlyMap<string, readonly Place[]>;

/** A screen that is only passed on the way to another one is no place to be at. */
const SETTLE_MS = 300;
/** A connection that comes back so soon is not worth a flicker. */
const OUTAGE_MS = 3_000;
/** Whose window was out of sight for so long is not here. */
const HIDDEN_MS = 5 * 60_000;

const nobody: PeopleHere = new Map();
const elsewhere: Place = { projectId: null, taskId: null };

/** A document's page has its own place, which lies in no project. */
const placeOf = (looks: Iterable<Partial<Place>>): Place => Object.assign({}, elsewhere, ...looks);
const isSamePlace = (a: Place, b: Place) =>
  placeParts.every((part) => (a[part] ?? null) === (b[part] ?? null));
const placeParts = ["projectId", "taskId", "documentId", "threadId", "doing"] as const;

export type Presence = ReturnType<typeof createPresence>;

export function createPresence(connection: Connection, workspaceId: string) {
  const people = createObservable(nobody);
  const stay = createStay(connection, workspaceId);
  return {
    people,
    lookAt: stay.lookAt,
    start() {
      const ends = [watchPeople(), stay.start()];
      return () => {
        for (const end of ends) end();
      };
    },
  };

  function watchPeople() {
    const { socket, client } = connection;
    let known = nobody;
    let outage: ReturnType<typeof setTimeout> | undefined;
    const isReachable = () => onlineManager.isOnline() && socket.get() === "open";
    const follow = client.presence.onChange.subscribe(
      { workspaceId },
      {
        onData: (event) => {
          known = updated(known, event);
          if (isReachable()) people.set(known);
        },
        // Such as having been signed out: nobody is known to be here.
        onError: () => {
          known = nobody;
          people.set(nobody);
        },
      },
    );
    function onReach() {
      clearTimeout(outage);
      if (!isReachable()) outage = setTimeout(() => people.set(nobody), OUTAGE_MS);
      // A socket that outlived a short cut says nothing anew.
      else people.set(known);
    }
    const unwatch = [socket.watch(onReach), onlineManager.subscribe(onReach)];
    return () => {
      clearTimeout(outage);
      for (const end of unwatch) end();
      follow.unsubscribe();
      people.set(nobody);
    };
  }
}

/** Those who were here already keep their place in the row. */
function updated(before: PeopleHere, { isWhole, people, gone }: PresenceEvent): PeopleHere {
  const next = new Map(before);
  const named = new Set(people.map(({ userId }) => userId));
  if (isWhole) for (const userId of before.keys()) if (!named.has(userId)) next.delete(userId);
  for (const userId of gone) next.delete(userId);
  for (const { userId, places } of people) next.set(userId, places);
  return next;
}

/** Says where this page is, for as long as somebody may be looking at it. */
function createStay(connection: Connection, workspaceId: string) {
  const looks = new Set<Partial<Place>>();
  let isOn = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let said: { place: Place; end: () => void } | null = null;

  function settle() {
    clearTimeout(timer);
    if (isOn) timer = setTimeout(move, SETTLE_MS);
  }

  function move() {
    const place = placeOf(looks);
    if (said && isSamePlace(said.place, place)) return;
    leave();
    said = { place, end: say(place) };
  }

  function leave() {
    said?.end();
    said = null;
  }

  function say(place: Place): () => void {
    let { unsubscribe: end } = connection.client.presence.here.subscribe(
      { workspaceId, place },
      {
        onError: (error) => {
          // A thing that the server does not know yet, or not any more: then at least what it is in.
          const less = error.data?.reason === "not_found" ? lessThan(place) : null;
          if (less) end = say(less);
        },
      },
    );
    return () => end();
  }

  function onVisibility() {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") timer = setTimeout(leave, HIDDEN_MS);
    else move();
  }

  return {
    /** From now on this is (a part of) what the page shows; returns the function that ends it. */
    lookAt(look: Partial<Place>): () => void {
      looks.add(look);
      settle();
      return () => {
        looks.delete(look);
        settle();
      };
    },
    start() {
      isOn = true;
      settle();
      document.addEventListener("visibilitychange", onVisibility);
      return () => {
        isOn = false;
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", onVisibility);
        leave();
      };
    },
  };
}

function lessThan({ projectId, taskId, documentId, threadId }: Place): Place | null {
  if (threadId) return { ...elsewhere, documentId: documentId ?? null };
  if (documentId) return elsewhere;
  if (taskId !== null) return { projectId, taskId: null };
  return projectId === null ? null : elsewhere;
}
