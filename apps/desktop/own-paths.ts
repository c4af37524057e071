import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { appPathPattern } from "./src/renderer/src/lib/app-paths.ts";

/** Which addresses are the page's, told to its service worker and, beside the page, to the server. */
export function ownPaths(root: string): Plugin {
  return {
    name: "guildhall:own-paths",
    apply: "build",
    generateBundle() {
      const worker = readFileSync(join(root, "service-worker.js"), "utf8");
      const source = worker.replace("__APP_PATHS__", () => JSON.stringify(appPathPattern));
      this.emitFile({ type: "asset", fileName: "service-worker.js", source });
      const list = JSON.stringify({ pattern: appPathPattern });
      this.emitFile({ type: "asset", fileName: "app-paths.json", source: list });
    },
  };
}
