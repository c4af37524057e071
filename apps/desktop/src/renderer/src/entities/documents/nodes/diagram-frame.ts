/**
 * Where diagrams are drawn.
 *
 * Problem: what others wrote is read by a large library that makes HTML of it. Drawn in the page, one
 * slip in it is a script in our origin, and only the page's policy stands before that.
 * Choice: one hidden frame without an origin (`sandbox`, no `allow-same-origin`) in which that library
 * is all there is, and a policy of its own behind it: no network, no further script. What it makes
 * comes back as words, and is shown as a picture, in which a browser runs nothing.
 *
 * The scripts stand in the frame's text, since a frame without an origin has no service worker, and
 * without a connection would get none: the page's policy knows them by their sums (diagram-scripts.ts).
 */
import mermaidAddress from "mermaid/dist/mermaid.min.js?url";
import drawScript from "./draw-diagram.js?raw";

/** Of one diagram: what takes longer loses the frame, and the next has a new one. */
const LONGEST_MS = 15_000;

export type Picture = { svg: string; width: number; height: number };
type Asked = { source: string; isDark: boolean };
type Answer = Picture | { problem: string };
type Frame = { element: HTMLIFrameElement; port: MessagePort };

let opening: Promise<Frame> | null = null;
/** One after the other: each answer is to the question before it. */
let queue: Promise<unknown> = Promise.resolve();

/** Rejects with a sentence about what is wrong with it. */
export function drawDiagram(asked: Asked): Promise<Picture> {
  const drawing = queue.then(() => draw(asked));
  queue = drawing.catch(() => undefined);
  return drawing;
}

async function draw(asked: Asked): Promise<Picture> {
  opening ??= open();
  const frame = await opening.catch((error) => {
    opening = null; // The next one tries again.
    throw error;
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  frame.port.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
  const late = setTimeout(() => {
    opening = null;
    frame.element.remove();
    reject(new Error("it takes too long to draw. Split it into several diagrams."));
  }, LONGEST_MS);
  frame.port.postMessage(asked);
  const answer = await promise.finally(() => clearTimeout(late));
  if ("problem" in answer) throw new Error(answer.problem);
  return answer;
}

async function open(): Promise<Frame> {
  const answer = await fetch(mermaidAddress);
  if (!answer.ok) throw new Error("what draws it couldn't be loaded.");
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("aria-hidden", "true");
  element.tabIndex = -1;
  element.title = "Diagrams";
  // Within the window, where a browser lays out what is measured, and out of everybody's way.
  element.style.cssText =
    "position: fixed; inset: 0 auto auto 0; width: 900px; height: 600px; border: 0; opacity: 0; pointer-events: none; z-index: -1;";
  element.srcdoc = textOf(await answer.text());
  const loaded = new Promise((resolve) => element.addEventListener("load", resolve));
  document.body.append(element);
  await loaded;
  const { port1, port2 } = new MessageChannel();
  // It has no origin that could be named.
  element.contentWindow?.postMessage("draw", "*", [port2]);
  return { element, port: port1 };
}

/** The policy behind the scripts holds for all that comes after them. */
const textOf = (mermaid: string) =>
  `<!doctype html><html><head><meta charset="utf-8"><script>${mermaid}</script><script>${drawScript}</script>` +
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"></head><body></body></html>`;
