/**
 * Who else has the document open, and where their cursors are. Nothing of it is kept, and whose a
 * cursor is, is the server's word: what travels is the selection alone. To the editor it looks like
 * y-protocols' Awareness, which draws the cursors.
 */
import { Awareness } from "y-protocols/awareness";
import type { Doc } from "yjs";
import { createObservable } from "@/lib/observable.ts";
import type { SyncClient } from "@/sync/sync-client.ts";

/** A selection that is dragged changes sixty times a second; a few of them are enough. */
const SEND_EVERY_MS = 120;

type Options = { sync: SyncClient; documentId: string; doc: Doc };
type Someone = { clientId: number; userId: string; name: string; cursor: string | null };
export type PersonHere = { id: string; name: string };

export function createDocumentAwareness({ sync, documentId, doc }: Options) {
  const { client } = sync.connection;
  const awareness = new Awareness(doc);
  const clientId = doc.clientID;
  const people = createObservable<readonly PersonHere[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;
  let sent: string | null = null;

  const myCursor = () => {
    const cursor: unknown = awareness.getLocalState()?.cursor;
    return cursor ? JSON.stringify(cursor) : null;
  };

  function send() {
    timer = undefined;
    const cursor = myCursor();
    if (!isOpen || cursor === sent) return;
    sent = cursor;
    // The next move says it anew.
    client.documents.sendAwareness
      .mutate({ documentId, clientId, cursor })
      .catch(() => (sent = null));
  }

  const sendSoon = () => {
    timer ??= setTimeout(send, SEND_EVERY_MS);
  };
  awareness.on("update", (_: unknown, origin: unknown) => {
    if (origin === "local") sendSoon();
  });

  /** Puts them there as y-protocols would, but for its clock: the server says who went. */
  function show(here: readonly Someone[], gone: readonly number[]) {
    const others = here.filter((someone) => someone.clientId !== clientId);
    const added = others.filter((o) => !awareness.states.has(o.clientId)).map((o) => o.clientId);
    const updated = others.map((o) => o.clientId).filter((id) => !added.includes(id));
    const removed = gone.filter((id) => id !== clientId && awareness.states.delete(id));
    for (const { clientId: id, userId, name, cursor } of others) {
      awareness.states.set(id, { user: { id: userId, name }, cursor: parsed(cursor) });
      awareness.meta.set(id, { clock: 0, lastUpdated: Number.POSITIVE_INFINITY });
    }
    for (const id of removed) awareness.meta.delete(id);
    const changed = { added, updated, removed };
    awareness.emit("change", [changed, "server"]);
    awareness.emit("update", [changed, "server"]);
    const persons = othersOf(awareness, sync.me.id);
    // Cursors move all the time; who is here is told only when it is somebody else.
    const isSame =
      persons.map(({ id }) => id).join() ===
      people
        .get()
        .map(({ id }) => id)
        .join();
    if (!isSame) people.set(persons);
  }

  const known = () => [...awareness.states.keys()].filter((id) => id !== clientId);

  return {
    awareness,
    /** The others who have it open, each once. */
    people,
    open(): () => void {
      isOpen = true;
      const { id, name } = sync.me;
      awareness.setLocalState({ user: { id, name } });
      const { unsubscribe } = client.documents.onAwareness.subscribe(
        { documentId, clientId },
        {
          onData({ data }) {
            const here = new Set(data.people.map((person) => person.clientId));
            const missing = data.isWhole ? known().filter((other) => !here.has(other)) : [];
            show(data.people, [...data.gone.map((person) => person.clientId), ...missing]);
            if (!data.isWhole) return;
            // A new beginning, for the server too: it does not know where I am.
            sent = null;
            sendSoon();
          },
          // The text's own stream says what became of the right.
          onError: () => show([], known()),
        },
      );
      return () => {
        isOpen = false;
        clearTimeout(timer);
        timer = undefined;
        unsubscribe();
        show([], known());
      };
    },
  };
}

function parsed(cursor: string | null): unknown {
  try {
    return cursor && JSON.parse(cursor);
  } catch {
    // Another program's idea of a cursor.
    return null;
  }
}

function othersOf({ states, clientID }: Awareness, myId: string): PersonHere[] {
  const byId = new Map<string, PersonHere>();
  for (const [clientId, { user }] of states) {
    if (clientId !== clientID && user?.id && user.id !== myId) byId.set(user.id, user);
  }
  return [...byId.values()];
}
