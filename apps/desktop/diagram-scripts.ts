import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "vite";

const mermaid = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");
const draw = "src/entities/documents/nodes/draw-diagram.js";

/**
 * Names, beside the page, the two scripts that stand in the frame of diagrams, by their sums: the
 * page's policy allows these and no other ones that stand in a page (nodes/diagram-frame.ts).
 */
export function diagramScripts(root: string): Plugin {
  return {
    name: "guildhall:diagram-scripts",
    apply: "build",
    generateBundle() {
      const sums = [mermaid, join(root, draw)].map(
        (file) => `sha256-${createHash("sha256").update(readFileSync(file)).digest("base64")}`,
      );
      const source = JSON.stringify({ sums });
      this.emitFile({ type: "asset", fileName: "inline-scripts.json", source });
    },
  };
}
