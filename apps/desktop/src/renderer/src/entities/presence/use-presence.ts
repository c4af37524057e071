import type { Place } from "@guildhall/api/client";
import {
  createContext,
  use,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { invariant } from "@/lib/invariant.ts";
import { useObservable } from "@/lib/observable.ts";
import { createPresence, type PeopleHere, type Presence } from "@/sync/presence.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

export const PresenceContext = createContext<Presence | null>(null);

const usePresence = (): Presence =>
  invariant(use(PresenceContext), "this is inside an open workspace");

/** For the lifetime of the component; `isOpen` once the workspace may be seen. */
export function useOpenPresence(workspaceId: string, isOpen: boolean): Presence {
  const { connection } = useSyncClient();
  const [presence] = useState(() => createPresence(connection, workspaceId));
  useEffect(() => (isOpen ? presence.start() : undefined), [presence, isOpen]);
  return presence;
}

/** Tells the others that this page shows it, while the component is there; null: it shows nothing. */
export function useLookAt(look: Partial<Place> | null) {
  const { lookAt } = usePresence();
  const said = JSON.stringify(look);
  useEffect(() => {
    const place = JSON.parse(said) as Partial<Place> | null;
    return place ? lookAt(place) : undefined;
  }, [lookAt, said]);
}

/** Whoever pauses for so long does not write. */
const TYPING_MS = 5_000;

/** To be called with each key: the others see that something is written there, until a pause. */
export function useTyping(where: Partial<Place>) {
  const [isTyping, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLookAt(isTyping ? { ...where, doing: "typing" } : null);
  useEffect(() => () => clearTimeout(timer.current), []);
  return function typed(isEmpty: boolean) {
    clearTimeout(timer.current);
    setTyping(!isEmpty);
    if (!isEmpty) timer.current = setTimeout(() => setTyping(false), TYPING_MS);
  };
}

/** The other members who are here; with a condition those who are at such a place. */
export function useOthersHere(isThere?: (place: Place) => boolean) {
  const people = useObservable(usePresence().people);
  const { members } = useWorkspace();
  const { me } = useSyncClient();
  const byId = new Map(members.map((member) => [member.userId, member]));
  return [...people].flatMap(([userId, places]) => {
    const member = byId.get(userId);
    if (!member || userId === me.id || (isThere && !places.some(isThere))) return [];
    return [{ id: userId, name: member.name }];
  });
}

type What = "typing" | "holding" | "reading";

/** By what is done with which thing, the ids of those who do it, in one text: the same as long as they are. */
const indexes = new WeakMap<PeopleHere, Map<string, string>>();

function indexOf(people: PeopleHere): Map<string, string> {
  const known = indexes.get(people);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  const add = (what: What, id: string | null | undefined, userId: string) => {
    if (!id) return;
    const key = `${what} ${id}`;
    found.set(key, (found.get(key) ?? new Set()).add(userId));
  };
  for (const [userId, places] of people) {
    for (const { taskId, documentId, threadId, doing } of places) {
      add("reading", documentId, userId);
      if (doing) add(doing, threadId ?? taskId ?? documentId, userId);
    }
  }
  const index = new Map([...found].map(([key, ids]) => [key, [...ids].join(" ")]));
  indexes.set(people, index);
  return index;
}

/** Other members who do that with this task, thread or document. Draws again only when they change. */
export function useOthersAt(what: What, id: string) {
  const { people } = usePresence();
  const { members } = useWorkspace();
  const { me } = useSyncClient();
  const ids = useSyncExternalStore(
    people.watch,
    () => indexOf(people.get()).get(`${what} ${id}`) ?? "",
  );
  return useMemo(() => {
    const there = ids ? ids.split(" ") : [];
    return members
      .filter(({ userId }) => userId !== me.id && there.includes(userId))
      .map(({ userId, name }) => ({ id: userId, name }));
  }, [ids, members, me.id]);
}
