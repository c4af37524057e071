/**
 * The thread that turns texts into Markdown or HTML: a long one takes a second, in which the server
 * would answer nobody. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { invariant } from "../core/errors.ts";
import { serve } from "../jobs/worker-side.ts";
import { type Addresses, pageOf, renderHtml, renderMarkdown, type Text } from "./render-text.ts";

export type RenderRequest =
  /** Once, before the texts of an export. */
  | { as: "addresses"; addresses: Addresses }
  | { as: "markdown"; text: Text; path: string }
  /** `sources`: what stands for the address of a file, by its id. */
  | { as: "html"; text: Text; sources: ReadonlyMap<string, string> };

let known: Addresses | null = null;

serve<RenderRequest>((request): string => {
  if (request.as === "addresses") {
    known = request.addresses;
    return "";
  }
  const addresses = invariant(known, "the addresses come first");
  if (request.as === "markdown") return renderMarkdown(request.text, request.path, addresses);
  return renderHtml(request.text, (href) => {
    const id = /^guildhall:file\/([0-9a-f-]+)/.exec(href)?.[1] ?? "";
    return request.sources.get(id) ?? pageOf(href, addresses.pages);
  });
});
