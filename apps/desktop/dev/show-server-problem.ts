/** Runs in the page, under `npm run dev` alone. */
/// <reference types="vite/client" />
export type ServerProblem = { problem: string | null };

const EVENT = "guildhall:server-problem";
const NAME = "server-problem";

// It looks as Vite's own, whose client has defined it, and stays when Vite takes its own away.
const Overlay = customElements.get("vite-error-overlay");
if (Overlay && !customElements.get(NAME)) customElements.define(NAME, class extends Overlay {});

function show({ problem }: ServerProblem) {
  document.querySelector(NAME)?.remove();
  const Shown = customElements.get(NAME);
  if (problem === null || !Shown) return;
  const [message, ...stack] = problem.split("\n");
  const shown: Element = Reflect.construct(Shown, [{ message, stack: stack.join("\n") }]);
  document.body.append(shown);
}

import.meta.hot?.on(EVENT, show);
import.meta.hot?.send(EVENT);
