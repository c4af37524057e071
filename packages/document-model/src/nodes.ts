/** The nodes that are ours: their schema only. The pages extend them with how they look. */
import { mergeAttributes, Node, type NodeConfig } from "@tiptap/core";

type Element = { getAttribute(name: string): string | null };

const fromData = (name: string) => ({
  default: null,
  parseHTML: (element: Element) => element.getAttribute(`data-${name}`),
  renderHTML: (attributes: Record<string, unknown>) =>
    // Camel case in the model, and HTML knows no case.
    attributes[camel(name)] == null ? {} : { [`data-${name}`]: String(attributes[camel(name)]) },
});

const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());

const withAttributes = (names: string[]) =>
  Object.fromEntries(names.map((name) => [camel(name), fromData(name)]));

type AtomOptions = { name: string; inline?: boolean; attributes: string[]; text?: string };

/** A node without content of its own, shown by the text of its attribute `text`. */
function atom(
  { name, inline = false, attributes, text }: AtomOptions,
  more: Partial<Pick<NodeConfig, "renderText">> = {},
) {
  const tag = inline ? "span" : "div";
  return Node.create({
    name,
    group: inline ? "inline" : "block",
    inline,
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => withAttributes(attributes),
    parseHTML: () => [{ tag: `${tag}[data-type="${name}"]` }],
    renderHTML: ({ node, HTMLAttributes }) => [
      tag,
      mergeAttributes(HTMLAttributes, { "data-type": name }),
      String((text && node.attrs[text]) ?? ""),
    ],
    renderText: ({ node }) => String((text && node.attrs[text]) ?? ""),
    ...more,
  });
}

export const InlineMath = atom({
  name: "inlineMath",
  inline: true,
  attributes: ["latex"],
  text: "latex",
});
export const BlockMath = atom({ name: "blockMath", attributes: ["latex"], text: "latex" });

export const Mention = atom(
  { name: "mention", inline: true, attributes: ["user-id", "label"], text: "label" },
  { renderText: ({ node }) => `@${node.attrs.label ?? ""}` },
);
export const TaskChip = atom({
  name: "taskChip",
  inline: true,
  attributes: ["task-id", "label"],
  text: "label",
});
export const DocumentChip = atom({
  name: "documentChip",
  inline: true,
  attributes: ["document-id", "label"],
  text: "label",
});

export const FileBlock = atom({
  name: "fileBlock",
  attributes: ["file-id", "name", "size"],
  text: "name",
});

/** What Markdown, HTML or MDX say that nothing here models: kept letter for letter. */
export const RawBlock = atom({ name: "rawBlock", attributes: ["text"], text: "text" });
export const RawInline = atom({
  name: "rawInline",
  inline: true,
  attributes: ["text"],
  text: "text",
});

export const FootnoteReference = atom({
  name: "footnoteReference",
  inline: true,
  attributes: ["label"],
  text: "label",
});

export const FootnoteDefinition = Node.create({
  name: "footnoteDefinition",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => withAttributes(["label"]),
  parseHTML: () => [{ tag: 'div[data-type="footnoteDefinition"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    "div",
    mergeAttributes(HTMLAttributes, { "data-type": "footnoteDefinition" }),
    0,
  ],
});

export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({
    kind: {
      default: "note",
      parseHTML: (element: Element) => element.getAttribute("data-kind") ?? "note",
      renderHTML: (attributes: Record<string, unknown>) => ({
        "data-kind": String(attributes.kind),
      }),
    },
  }),
  parseHTML: () => [{ tag: 'div[data-type="callout"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    "div",
    mergeAttributes(HTMLAttributes, { "data-type": "callout" }),
    0,
  ],
});
