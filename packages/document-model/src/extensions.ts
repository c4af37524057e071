/**
 * The document's schema as TipTap extensions: what may stand in a document, on a page and in Node
 * alike. Nothing here touches a DOM when it is loaded.
 */
import { type AnyExtension, flattenExtensions, getSchema, mergeAttributes } from "@tiptap/core";
import { Code } from "@tiptap/extension-code";
import { CodeBlockLowlight } from "@tiptap/extension-code-block-lowlight";
import { Highlight } from "@tiptap/extension-highlight";
import { Image } from "@tiptap/extension-image";
import { Link } from "@tiptap/extension-link";
import { ListItem, TaskItem, TaskList } from "@tiptap/extension-list";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";
import {
  BlockMath,
  Callout,
  DocumentChip,
  FileBlock,
  FootnoteDefinition,
  FootnoteReference,
  InlineMath,
  Mention,
  RawBlock,
  RawInline,
  TaskChip,
} from "./nodes.ts";
import { safeHref, safeImageSrc } from "./safe-link.ts";

/** In Markdown code may be bold, or a link; it only does not stand in code. */
const DocumentCode = Code.extend({ excludes: "code" });

const DocumentLink = Link.extend({
  addAttributes: () => ({ href: { default: null }, title: { default: null } }),
}).configure({
  openOnClick: false,
  HTMLAttributes: { target: null, rel: "noopener noreferrer nofollow" },
  isAllowedUri: (href) => !!safeHref(href),
});

const DocumentCodeBlock = CodeBlockLowlight.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      /** What stands behind the language on the fence. */
      meta: { default: null, rendered: false },
    };
  },
});

const DocumentImage = Image.extend({
  addAttributes: () => ({
    src: { default: null },
    alt: { default: null },
    title: { default: null },
    width: { default: null },
  }),
  // A hostile update may hold any address: the page is asked for none that we would not write.
  renderHTML: ({ HTMLAttributes }) => [
    "img",
    mergeAttributes(HTMLAttributes, { src: safeImageSrc(HTMLAttributes.src) }),
  ],
}).configure({ inline: true });

/** A list item of Markdown may begin with anything, and be without text. */
const DocumentListItem = ListItem.extend({ content: "block+" });
const DocumentTaskItem = TaskItem.extend({ content: "block+" }).configure({ nested: true });

const kit = flattenExtensions([
  StarterKit.configure({
    code: false,
    codeBlock: false,
    link: false,
    listItem: false,
    // Writes by itself when a document is only opened.
    trailingNode: false,
    // Markdown has none.
    underline: false,
    // Yjs has its own.
    undoRedo: false,
  }),
]).filter(({ name }) => name !== "starterKit");

export const documentExtensions: AnyExtension[] = [
  ...kit,
  DocumentCode,
  DocumentCodeBlock,
  DocumentImage,
  DocumentLink,
  DocumentListItem,
  DocumentTaskItem,
  TaskList,
  Highlight,
  Table.configure({ resizable: true }),
  TableRow,
  TableHeader,
  TableCell,
  BlockMath,
  Callout,
  DocumentChip,
  FileBlock,
  FootnoteDefinition,
  FootnoteReference,
  InlineMath,
  Mention,
  RawBlock,
  RawInline,
  TaskChip,
];

/** What a description or a comment has none of: signs that mean something else in what people type. */
const onlyInDocuments = new Set(["blockMath", "callout", "inlineMath"]);

export const textExtensions: AnyExtension[] = documentExtensions.filter(
  ({ name }) => !onlyInDocuments.has(name),
);

/** Extensions with some of them replaced, by name: how a page gives them node views and menus. */
function replaced(extensions: AnyExtension[], replacements: AnyExtension[]): AnyExtension[] {
  const byName = new Map(replacements.map((extension) => [extension.name, extension]));
  const kept = extensions.map((extension) => byName.get(extension.name) ?? extension);
  const known = new Set(extensions.map(({ name }) => name));
  return [...kept, ...replacements.filter(({ name }) => !known.has(name))];
}

export const documentExtensionsWith = (replacements: AnyExtension[]) =>
  replaced(documentExtensions, replacements);
export const textExtensionsWith = (replacements: AnyExtension[]) =>
  replaced(textExtensions, replacements);

export const documentSchema = getSchema(documentExtensions);
export const textSchema = getSchema(textExtensions);

export {
  DocumentCode,
  DocumentCodeBlock,
  DocumentImage,
  DocumentLink,
  DocumentListItem,
  DocumentTaskItem,
};
