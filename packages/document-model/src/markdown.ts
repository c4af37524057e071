/** Documents as Markdown and back, for pages and tools: `@guildhall/document-model/markdown`. */
export { joinFrontMatter, readTitle, splitFrontMatter } from "./markdown/front-matter.ts";
export { type ReadOptions, readMarkdown } from "./markdown/read-markdown.ts";
export { type WriteOptions, writeMarkdown } from "./markdown/write-markdown.ts";
export { type OpenedText, openText } from "./markdown/write-text.ts";
