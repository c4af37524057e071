/** Only who pastes Markdown waits for what reads it. */
import { documentSchema } from "@guildhall/document-model";
import { openText, readMarkdown } from "@guildhall/document-model/markdown";
import type { Schema } from "@tiptap/pm/model";

/** As what is written into has it: a document, or a description or comment, which knows less. */
export function readPasted(markdown: string, { nodes }: Schema) {
  const isDocument = Object.keys(documentSchema.nodes).every((name) => nodes[name]);
  const content = (isDocument ? readMarkdown(markdown) : openText(markdown).json).content ?? [];
  const [only, ...others] = content;
  // One line goes on in the line that it is pasted into.
  return only?.type === "paragraph" && others.length === 0 ? (only.content ?? []) : content;
}
