/** What `readText` asks for where HTML stands in a text: `@guildhall/document-model/text-html`. */
export { readTextHtml } from "./markdown/read-text-html.ts";
