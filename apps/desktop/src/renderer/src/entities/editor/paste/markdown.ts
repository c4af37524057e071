/** Only who pastes Markdown waits for what reads it. */
import { readMarkdown } from "@guildhall/document-model/markdown";

export const readPasted = (markdown: string) => readMarkdown(markdown).content ?? [];
