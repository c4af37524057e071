/** Documents as Markdown and back, for pages and tools: `@guildhall/api/document-markdown`. */
export { type ReadOptions, readMarkdown } from "./read-markdown.ts";
export { type WriteOptions, writeMarkdown } from "./write-markdown.ts";
