/** For tests: somebody with a document open, whose Y.Doc follows the log. */
import type { TrackedEnvelope } from "@trpc/server";
import { uuidv7 } from "uuidv7";
import * as Y from "yjs";
import type { LogEvent } from "../../core/document-log.ts";
import type { TestApi, TestPerson } from "../../testing.ts";

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

export async function openDocument(
  api: TestApi,
  { token }: Pick<TestPerson, "token">,
  documentId: string,
  { doc = new Y.Doc(), ...cursor }: Cursor & { doc?: Y.Doc } = {},
) {
  const closing = new AbortController();
  const events: LogEvent[] = [];
  const call = api.as(token, { signal: closing.signal });
  const stream = await call.documents.onUpdate({ documentId, ...cursor });
  const ended = (async () => {
    // In process the envelope is not unpacked, whatever the client's type says.
    const envelopes = stream as unknown as AsyncIterable<TrackedEnvelope<LogEvent>>;
    for await (const [, event] of envelopes) {
      if (event.kind === "updates") {
        for (const { update } of event.updates) Y.applyUpdate(doc, Buffer.from(update, "base64"));
      }
      events.push(event);
    }
    return "closed";
  })().catch((error) => String(error.reason));
  const push = (update: Uint8Array, id: string = uuidv7()) =>
    api.as(token).documents.push({ documentId, id, update: base64(update) });
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
