/**
 * Makes a document of whatever claims to be one: JSON of a stranger, or a Yjs document after two
 * people changed it in ways that do not fit. What the schema does not know is opened and its text
 * kept; what stands where it may not is wrapped, or opened as well. Nothing throws.
 */
import {
  Fragment,
  type Mark,
  type MarkType,
  type Node,
  type NodeType,
  type Schema,
} from "@tiptap/pm/model";
import { markAttributes, nodeAttributes } from "./clean-attributes.ts";
import { documentSchema } from "./extensions.ts";
import type { DocumentJson } from "./json.ts";

/** Deeper than anybody writes, and far from what overflows a stack. */
const MAX_DEPTH = 60;

export function cleanDocument(json: unknown, schema: Schema = documentSchema): DocumentJson {
  return cleanNode(json, schema).toJSON() as DocumentJson;
}

/** The same as a node of ProseMirror. */
export function cleanNode(json: unknown, schema: Schema = documentSchema): Node {
  const children = contentOf(json).flatMap((child) => nodes(child, schema, 1));
  return fit(schema.topNodeType, null, children);
}

type Loose = {
  type?: unknown;
  attrs?: unknown;
  content?: unknown;
  text?: unknown;
  marks?: unknown;
};

const contentOf = (json: unknown): unknown[] => {
  const content = (json as Loose | null)?.content;
  return Array.isArray(content) ? content : [];
};

function nodes(json: unknown, schema: Schema, depth: number): Node[] {
  const { type, attrs, text, marks } = (json ?? {}) as Loose;
  if (type === "text") {
    const plain = typeof text === "string" ? text.replaceAll("\0", "").toWellFormed() : "";
    return plain ? [schema.text(plain, cleanMarks(marks, schema))] : [];
  }
  const known = typeof type === "string" ? schema.nodes[type] : undefined;
  const opened = !known || known === schema.topNodeType || depth > MAX_DEPTH;
  if (depth > MAX_DEPTH + 20) return [];
  const children = contentOf(json).flatMap((child) => nodes(child, schema, depth + 1));
  if (opened) return children;
  const cleaned = cleanAttributes(attrs, nodeAttributes[known.name], known);
  return [fit(known, cleaned, children, known.isInline ? cleanMarks(marks, schema) : [])];
}

function cleanAttributes(
  attrs: unknown,
  rules: (typeof nodeAttributes)[string] = {},
  type: NodeType | MarkType,
) {
  const given = (typeof attrs === "object" && attrs ? attrs : {}) as Record<string, unknown>;
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(type.spec.attrs ?? {})) {
    // A name of Object.prototype is no attribute.
    const value = Object.hasOwn(given, name) ? rules[name]?.(given[name]) : undefined;
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function cleanMarks(marks: unknown, schema: Schema): Mark[] {
  if (!Array.isArray(marks)) return [];
  let set: readonly Mark[] = [];
  for (const mark of marks as Loose[]) {
    const name = typeof mark?.type === "string" ? mark.type : "";
    const type = Object.hasOwn(schema.marks, name) ? schema.marks[name] : undefined;
    if (!type) continue;
    const attrs = cleanAttributes(mark.attrs, markAttributes[name], type);
    // A link to nowhere, or to where none may point.
    if (name === "link" && !attrs.href) continue;
    set = type.create(attrs).addToSet(set);
  }
  return [...set];
}

type Attrs = Record<string, unknown> | null;

/** A node of this type around these children, whatever they are. */
function fit(type: NodeType, attrs: Attrs, children: Node[], marks: Mark[] = []): Node {
  const whole = Fragment.from(children.map((child) => withAllowedMarks(type, child)));
  if (type.validContent(whole)) return type.create(attrs, whole, marks);
  if (type.isLeaf) return type.create(attrs, null, marks);
  const placed: Node[] = [];
  let match = type.contentMatch;
  const queue = [...children].reverse();
  for (let child = queue.pop(); child; child = queue.pop()) {
    const next = match.matchType(child.type);
    const wrapping = next ? null : match.findWrapping(child.type);
    if (next) {
      placed.push(withAllowedMarks(type, child));
      match = next;
    } else if (wrapping && wrapping.length > 0) {
      const inside = [child];
      // What stands in one line stays in one.
      while (child.isInline && queue.at(-1)?.isInline) inside.push(queue.pop() as Node);
      const wrapped = wrapping.reduceRight<Node[]>(
        (inner, outer) => [fit(outer, null, inner)],
        inside,
      );
      queue.push(...wrapped);
    } else {
      queue.push(...[...child.children].reverse());
    }
  }
  const missing = match.fillBefore(Fragment.empty, true);
  return type.create(attrs, [...placed, ...(missing?.content ?? [])], marks);
}

const withAllowedMarks = (type: NodeType, child: Node) =>
  type.inlineContent ? child.mark(type.allowedMarks(child.marks)) : child;
