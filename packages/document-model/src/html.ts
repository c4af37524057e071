/** Documents as HTML and back: `@guildhall/document-model/html`. */
export { titleOfHtml } from "./html/html-blocks.ts";
export { readHtml } from "./html/read-html.ts";
export { writeHtml } from "./html/write-html.ts";
