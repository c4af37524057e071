/** Between the Yjs document that people write in and JSON. */
import { prosemirrorToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { cleanDocument, cleanNode } from "./clean.ts";
import type { DocumentJson } from "./json.ts";
import { markName, TEXT_FIELD } from "./names.ts";

export const emptyDocument = (): DocumentJson => ({
  type: "doc",
  content: [{ type: "paragraph" }],
});

/** What a Yjs document says, made fit for the schema; the document itself is not touched. */
export function readDocument(ydoc: Y.Doc): DocumentJson {
  const content = ydoc
    .getXmlFragment(TEXT_FIELD)
    .toArray()
    .flatMap((child) => fromYjs(child, 0));
  return cleanDocument({ type: "doc", content });
}

/** One update (v1) that makes an empty Yjs document say this. */
export function writeDocument(json: unknown): Uint8Array {
  const ydoc = new Y.Doc();
  prosemirrorToYXmlFragment(cleanNode(json), ydoc.getXmlFragment(TEXT_FIELD));
  const update = Y.encodeStateAsUpdate(ydoc);
  ydoc.destroy();
  return update;
}

function fromYjs(item: unknown, depth: number): unknown[] {
  if (item instanceof Y.XmlText) {
    return item.toDelta().map(({ insert, attributes = {} }: Piece) => ({
      type: "text",
      text: insert,
      marks: Object.entries(attributes).map(([key, attrs]) => ({ type: markName(key), attrs })),
    }));
  }
  // Deeper than cleanDocument looks.
  if (!(item instanceof Y.XmlElement) || depth > 100) return [];
  const content = item.toArray().flatMap((child) => fromYjs(child, depth + 1));
  return [{ type: item.nodeName, attrs: item.getAttributes(), content }];
}

type Piece = { insert: unknown; attributes?: Record<string, unknown> };
