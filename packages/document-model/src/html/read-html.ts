import { cleanDocument } from "../clean.ts";
import type { DocumentJson } from "../json.ts";
import { type HtmlOptions, readHtmlBlocks } from "./html-blocks.ts";

export const readHtml = (html: string, options?: HtmlOptions): DocumentJson =>
  cleanDocument({ type: "doc", content: readHtmlBlocks(html, options) });
