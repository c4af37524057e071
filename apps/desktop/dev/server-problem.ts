import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { ServerProblem } from "./show-server-problem.ts";

/** Shows in the open pages what keeps the server from running, as Vite shows what is wrong with the page. */
export function serverProblem(): Plugin {
  const file = process.env.GUILDHALL_DEV_PROBLEM;
  return {
    name: "guildhall:server-problem",
    apply: (_, { command }) => command === "serve" && file !== undefined,
    configureServer({ watcher, ws }) {
      if (!file) return;
      const tell = (changed: string) => {
        if (changed === file) ws.send("guildhall:server-problem", read(file));
      };
      watcher.add(file).on("add", tell).on("change", tell);
      // A page asks when it opens, and after its connection to us was away.
      ws.on("guildhall:server-problem", (_, page) =>
        page.send("guildhall:server-problem", read(file)),
      );
    },
    transformIndexHtml: () => [
      {
        tag: "script",
        attrs: {
          type: "module",
          src: `/@fs/${join(import.meta.dirname, "show-server-problem.ts")}`,
        },
      },
    ],
  };
}

/** Written by apps/server/dev/problem-file.ts; not there before something was wrong. */
function read(file: string): ServerProblem {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { problem: null };
  }
}
