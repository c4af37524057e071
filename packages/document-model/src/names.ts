/**
 * The names that the schema knows, for whoever must not load all of it: with TipTap and ProseMirror it
 * takes long to load. model.test.ts holds the two together. Its own entry: `@guildhall/document-model/names`.
 */
export const nodeNames: ReadonlySet<string> = new Set([
  "blockMath",
  "blockquote",
  "bulletList",
  "callout",
  "codeBlock",
  "documentChip",
  "fileBlock",
  "footnoteDefinition",
  "footnoteReference",
  "hardBreak",
  "heading",
  "horizontalRule",
  "image",
  "inlineMath",
  "listItem",
  "mention",
  "orderedList",
  "paragraph",
  "rawBlock",
  "rawInline",
  "table",
  "tableCell",
  "tableHeader",
  "tableRow",
  "taskChip",
  "taskItem",
  "taskList",
]);
export const markNames: ReadonlySet<string> = new Set([
  "bold",
  "code",
  "highlight",
  "italic",
  "link",
  "strike",
]);

/** Marks that may lie over others of their own kind have a hash behind their name. */
export const markName = (key: string) => key.replace(/--[a-zA-Z0-9+/=]{8}$/, "");

/** The name of the fragment of a Yjs document that holds the text. */
export const TEXT_FIELD = "default";

export const calloutKinds = ["note", "tip", "important", "warning", "caution"] as const;
export type CalloutKind = (typeof calloutKinds)[number];
