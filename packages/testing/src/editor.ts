/** For tests: somebody with a document open, whose Y.Doc follows the log. */

import type { AwarenessEvent, DocumentEvent, DocumentPerson } from "@guildhall/api/server";
import type { TrackedEnvelope } from "@trpc/server";
import { uuidv7 } from "uuidv7";
import * as Y from "yjs";
import type { Caller, TestPerson } from "./api.ts";

export const base64 = (update: Uint8Array) => Buffer.from(update).toString("base64");

/** The update of a new paragraph at the end. */
export function typed(doc: Y.Doc, text: string): Uint8Array {
  const before = Y.encodeStateVector(doc);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(text)]);
  const root = doc.getXmlFragment("default");
  root.insert(root.length, [paragraph]);
  return Y.encodeStateAsUpdate(doc, before);
}

export const textOf = (doc: Y.Doc): string => doc.getXmlFragment("default").toString();

type Cursor = { lastEventId?: number; epoch?: string };

/** The api, or one worker of several. */
export type Server = {
  as(person: TestPerson, signal?: AbortSignal): Caller;
};

export async function openDocument(
  server: Server,
  person: TestPerson,
  documentId: string,
  { doc = new Y.Doc(), ...cursor }: Cursor & { doc?: Y.Doc } = {},
) {
  const closing = new AbortController();
  const events: DocumentEvent[] = [];
  const call = server.as(person, closing.signal);
  const stream = await call.documents.onUpdate({ documentId, ...cursor });
  const ended = read<DocumentEvent>(stream, (event) => {
    if (event.kind === "updates") {
      for (const { update } of event.updates) Y.applyUpdate(doc, Buffer.from(update, "base64"));
    }
    events.push(event);
  });
  const push = (update: Uint8Array, id: string = uuidv7()) =>
    server.as(person).documents.push({ documentId, id, update: base64(update) });
  return {
    doc,
    events,
    ended,
    push,
    isLive: () => events.some(({ kind }) => kind === "live"),
    type: (text: string) => push(typed(doc, text)),
    close: () => closing.abort(),
  };
}

/** Somebody who has the document open and sees who else has. */
export async function attend(
  server: Server,
  person: TestPerson,
  documentId: string,
  clientId: number,
) {
  const closing = new AbortController();
  const call = server.as(person, closing.signal);
  const stream = await call.documents.onAwareness({ documentId, clientId });
  const people = new Map<number, DocumentPerson>();
  const ended = read<AwarenessEvent>(stream, (event) => {
    if (event.isWhole) people.clear();
    for (const each of event.people) people.set(each.clientId, each);
    for (const each of event.gone) people.delete(each.clientId);
  });
  return {
    ended,
    /** Name and selection of everybody, in the order of their client ids. */
    seen: () =>
      [...people.values()]
        .sort((a, b) => a.clientId - b.clientId)
        .map(({ name, cursor }) => `${name}: ${cursor}`),
    point: (cursor: string | null) =>
      server.as(person).documents.sendAwareness({ documentId, clientId, cursor }),
    close: () => closing.abort(),
  };
}

/** How the subscription ended: "closed", or the reason. */
async function read<Event>(stream: AsyncIterable<unknown>, take: (event: Event) => void) {
  try {
    // In process the envelope is not unpacked, whatever the client's type says.
    const envelopes = stream as AsyncIterable<TrackedEnvelope<Event>>;
    for await (const [, event] of envelopes) take(event);
    return "closed";
  } catch (error) {
    return String((error as { reason?: string }).reason ?? error);
  }
}
