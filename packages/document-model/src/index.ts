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
} from "./extensions.ts";
export { type DocumentJson, type MarkJson, type NodeJson, nodesOf } from "./json.ts";
export { TEXT_FIELD } from "./names.ts";
export {
  BlockMath,
  Callout,
  type CalloutKind,
  calloutKinds,
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
  isComment,
  linksOf,
  mentionsOf,
  plainText,
} from "./read.ts";
export { type OwnTarget, ownHref, ownLink, safeHref, safeImageSrc } from "./safe-link.ts";
export { turnInto } from "./turn-into.ts";
export { emptyDocument, readDocument, writeDocument } from "./ydoc.ts";
