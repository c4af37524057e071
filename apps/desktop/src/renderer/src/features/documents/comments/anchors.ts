/**
 * Between a range of the text as ProseMirror counts and the places in the Yjs document that stay with
 * their words, whatever is written around them.
 *
 * The beginning holds on to the first letter of the range and the end to its last, so that what is
 * typed at either edge stays outside. y-tiptap has a conversion of its own, for cursors: it holds on
 * to the left everywhere, walks the whole text for each position, and gives up at the very first
 * letter; a text may have hundreds of threads, asked about after each change of others.
 */

import type { Node } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";
import { absolutePositionToRelativePosition, ySyncPluginKey } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import type { DocumentThread } from "@/entities/comments/sync/comment.ts";

export type Anchor = DocumentThread["anchor"];
export type Range = { from: number; to: number };

type Type = Y.AbstractType<unknown>;
/** A text as Yjs has it, with the nodes that ProseMirror made of it. */
export type Synced = { doc: Y.Doc; type: Y.XmlFragment; mapping: Map<Type, Node | Node[]> };

/** Null while the text is not joined to its Yjs document yet. */
export function syncedOf(state: EditorState): Synced | null {
  const { doc, type, binding } = ySyncPluginKey.getState(state) ?? {};
  return binding ? { doc, type, mapping: binding.mapping } : null;
}

export const anchorIn = (synced: Synced, { from, to }: Range): Anchor => ({
  from: encode(synced, from, 0),
  to: encode(synced, to, -1),
});

function encode({ doc, type, mapping }: Synced, pos: number, side: 0 | -1): string {
  const left: Y.RelativePosition = absolutePositionToRelativePosition(pos, type, mapping as never);
  const place = Y.createAbsolutePositionFromRelativePosition(left, doc);
  const held = place ? Y.createRelativePositionFromTypeIndex(place.type, place.index, side) : left;
  return toBase64(Y.encodeRelativePosition(held));
}

/** Where the words of these anchors are now; those whose words are gone are left out. */
export function rangesIn(
  { doc, type, mapping }: Synced,
  anchors: Iterable<readonly [id: string, anchor: Anchor]>,
): Map<string, Range> {
  const ranges = new Map<string, Range>();
  const places = new Places(type, mapping);
  for (const [id, anchor] of anchors) {
    const from = places.positionOf(doc, anchor.from);
    const to = places.positionOf(doc, anchor.to);
    if (from !== null && to !== null && from < to) ranges.set(id, { from, to });
  }
  return ranges;
}

/** Positions in one state of the text; where its blocks begin is counted once for all that ask. */
class Places {
  readonly #root: Y.XmlFragment;
  readonly #mapping: Map<Type, Node | Node[]>;
  #starts: Map<Type, number> | null = null;

  constructor(root: Y.XmlFragment, mapping: Map<Type, Node | Node[]>) {
    this.#root = root;
    this.#mapping = mapping;
  }

  positionOf(doc: Y.Doc, encoded: string): number | null {
    const place = placeOf(doc, encoded);
    if (!place) return null;
    const start = this.#startOf(place.type as Type);
    if (start === null) return null;
    if (place.type instanceof Y.XmlText) return start + place.index;
    const before = childrenOf(place.type as Type).slice(0, place.index);
    return before.reduce((sum, child) => sum + this.#sizeOf(child), start);
  }

  /** Where the content of this begins; null when it is not in the text any more. */
  #startOf(type: Type): number | null {
    if (type === (this.#root as Type)) return 0;
    const item = type._item;
    if (!item || item.deleted) return null;
    const parent = item.parent as Type;
    const outside =
      parent === (this.#root as Type) ? this.#topStart(type) : this.#within(parent, type);
    if (outside === null) return null;
    // Text has no tag around it.
    return type instanceof Y.XmlText ? outside : outside + 1;
  }

  #within(parent: Type, type: Type): number | null {
    let pos = this.#startOf(parent);
    if (pos === null) return null;
    for (const child of childrenOf(parent)) {
      if (child === type) return pos;
      pos += this.#sizeOf(child);
    }
    return null;
  }

  #topStart(type: Type): number | null {
    if (!this.#starts) {
      this.#starts = new Map();
      let pos = 0;
      for (const child of childrenOf(this.#root as Type)) {
        this.#starts.set(child, pos);
        pos += this.#sizeOf(child);
      }
    }
    return this.#starts.get(type) ?? null;
  }

  #sizeOf(type: Type): number {
    if (type instanceof Y.XmlText) return type.length;
    const node = this.#mapping.get(type);
    return node && !Array.isArray(node) ? node.nodeSize : 0;
  }
}

/** Yjs names fewer kinds of children than it gives. */
const childrenOf = (type: Type): Type[] =>
  type instanceof Y.XmlFragment ? (type.toArray() as unknown as Type[]) : [];

/** Anything may have been written as an anchor: then its words are not found. */
function placeOf(doc: Y.Doc, encoded: string): Y.AbsolutePosition | null {
  try {
    const relative = Y.decodeRelativePosition(bytesOf(encoded));
    return Y.createAbsolutePositionFromRelativePosition(relative, doc);
  } catch {
    return null;
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
