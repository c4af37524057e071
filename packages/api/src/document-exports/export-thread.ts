/**
 * The thread that turns texts into Markdown or HTML: a long one takes a second, in which the server
 * would answer nobody. The server's bundle has it as a file of its own (apps/server/bundle.mjs).
 */
import { parentPort, workerData } from "node:worker_threads";
import { type Addresses, pageOf, renderHtml, renderMarkdown, type Text } from "./render-text.ts";

export type RenderRequest = { text: Text } & (
  | { as: "markdown"; path: string }
  /** `sources`: what stands for the address of a file, by its id. */
  | { as: "html"; sources: ReadonlyMap<string, string> }
);
export type RenderAnswer = { rendered: string } | { problem: string };

const addresses = workerData as Addresses;

parentPort?.on("message", (request: RenderRequest) => {
  try {
    parentPort?.postMessage({ rendered: render(request) } satisfies RenderAnswer);
  } catch (error) {
    parentPort?.postMessage({ problem: String(error) } satisfies RenderAnswer);
  }
});

function render(request: RenderRequest): string {
  if (request.as === "markdown") return renderMarkdown(request.text, request.path, addresses);
  return renderHtml(request.text, (href) => {
    const id = /^guildhall:file\/([0-9a-f-]+)/.exec(href)?.[1] ?? "";
    return request.sources.get(id) ?? pageOf(href, addresses.pages);
  });
}
