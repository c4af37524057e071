/**
 * Where the others' cursors are. Nothing of it is kept, and the server says whose it is: a name that
 * comes with a cursor is never believed.
 */
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import type { Doc } from "yjs";
import type { Room } from "../room.ts";
import { createValue } from "../value.ts";
import { followAwareness, sendAwareness } from "./transport.ts";

/** A selection that is dragged changes sixty times a second; a few of them are enough. */
const SEND_EVERY_MS = 80;

type Options = { room: Room; documentId: string; doc: Doc };
type Changed = { added: number[]; updated: number[]; removed: number[] };
export type PersonHere = { id: string; name: string };

const ELSEWHERE = Symbol("elsewhere");

export function createDocumentAwareness({ room, documentId, doc }: Options) {
  const { client } = room.connection;
  const awareness = new Awareness(doc);
  const people = createValue<readonly PersonHere[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;

  function send() {
    clearTimeout(timer);
    timer = undefined;
    const update = encodeAwarenessUpdate(awareness, [doc.clientID]);
    // The next move says it again.
    sendAwareness(client, { documentId, update }).catch(() => undefined);
  }

  function sendSoon() {
    if (isOpen) timer ??= setTimeout(send, SEND_EVERY_MS);
  }

  awareness.on("update", ({ added, updated, removed }: Changed, origin: unknown) => {
    if ([...added, ...updated, ...removed].includes(doc.clientID)) sendSoon();
    // Who has just come knows nobody yet.
    else if (origin === ELSEWHERE && added.length > 0) sendSoon();
    people.set(othersOf(awareness, room.me.id));
  });

  return {
    awareness,
    /** The others who have it open, each once. */
    people,
    open(): () => void {
      isOpen = true;
      const { id, name } = room.me;
      awareness.setLocalState({ user: { id, name } });
      const { unsubscribe } = followAwareness(client, {
        documentId,
        onUpdate: (update) => applyAwarenessUpdate(awareness, update, ELSEWHERE),
        onOpen: sendSoon,
      });
      const leave = () => {
        isOpen = false;
        awareness.setLocalState(null);
        send();
      };
      window.addEventListener("pagehide", leave);
      return () => {
        window.removeEventListener("pagehide", leave);
        leave();
        unsubscribe();
        const others = [...awareness.getStates().keys()];
        removeAwarenessStates(awareness, others, ELSEWHERE);
      };
    },
  };
}

function othersOf(awareness: Awareness, myId: string): PersonHere[] {
  const byId = new Map<string, PersonHere>();
  for (const [clientId, { user }] of awareness.getStates()) {
    if (clientId !== awareness.clientID && user?.id && user.id !== myId) byId.set(user.id, user);
  }
  return [...byId.values()];
}
