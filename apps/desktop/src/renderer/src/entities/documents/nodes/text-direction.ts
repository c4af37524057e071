import { documentExtensions } from "@guildhall/document-model";

/**
 * Blocks of words stand as the script runs that they begin with: an Arabic paragraph at the right,
 * the English one below it at the left. Only how they are drawn: nothing of it is in the document.
 */
export const directedBlocks = documentExtensions
  .filter(({ name }) => name === "paragraph" || name === "heading")
  .map((extension) => extension.configure({ HTMLAttributes: { dir: "auto" } }));
