/** What pages, tools and the server know of a document's text: `@guildhall/document-model`. */
export { cleanDocument } from "./clean.ts";
export {
  DocumentCode,
  DocumentCodeBlock,
  DocumentImage,
  DocumentLink,
  DocumentListItem,
  DocumentTaskItem,
  documentExtensions,
  documentExtensionsWith,
  documentSchema,
  textExtensionsWith,
  textSchema,
} from "./extensions.ts";
export { isComment } from "./html-comment.ts";
export { type DocumentJson, type MarkJson, type NodeJson, nodesOf } from "./json.ts";
export { type CalloutKind, calloutKinds, TEXT_FIELD } from "./names.ts";
export {
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
export {
  countWords,
  type DocumentLinkTarget,
  headings,
  linksOf,
  mentionsOf,
  plainText,
} from "./read.ts";
export {
  EVERYONE,
  groupOfMention,
  mentionOfGroup,
  type OwnTarget,
  ownHref,
  ownLink,
  safeHref,
  safeImageSrc,
} from "./safe-link.ts";
export { turnInto } from "./turn-into.ts";
export { emptyDocument, readDocument, writeDocument } from "./ydoc.ts";
