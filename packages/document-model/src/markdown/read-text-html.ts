/** HTML that stands in a description or a comment, as nodes: `@guildhall/document-model/text-html`. */
import { readHtmlBlocks } from "../html/html-blocks.ts";
import type { ReadTextHtml } from "./read-text.ts";

export const readTextHtml: ReadTextHtml = (html) => readHtmlBlocks(html);
