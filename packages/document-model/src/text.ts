/**
 * Descriptions and comments: Markdown as people type it. Its own entry, `@guildhall/document-model/text`,
 * for whoever shows one: it loads neither the schema nor what reads HTML.
 */
export { isComment } from "./html-comment.ts";
export type { MarkJson, NodeJson } from "./json.ts";
export { type ReadTextHtml, readText, type TextBlock } from "./markdown/read-text.ts";
export { type Nested, nestMarks } from "./nest-marks.ts";
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
