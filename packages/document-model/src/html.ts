/** Documents as HTML and back: `@guildhall/document-model/html`. */
export { readHtml, titleOfHtml } from "./html/read-html.ts";
export { writeHtml } from "./html/write-html.ts";
