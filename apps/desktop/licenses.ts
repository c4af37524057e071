import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { packageOf, readLicenses, withDependencies } from "../../scripts/licenses.ts";

/** What the page brings without importing it: scripts and files that are copied as they are. */
const COPIED = ["mermaid", "pdfjs-dist"];

/** Writes beside the page whose software is in it; the server tells it (apps/server/src/about.ts). */
export function licenses(root: string): Plugin {
  return {
    name: "guildhall:licenses",
    apply: "build",
    writeBundle({ dir }, bundle) {
      if (!dir) return;
      const modules = Object.values(bundle).flatMap((each) =>
        each.type === "chunk" ? each.moduleIds : [],
      );
      // Style sheets and fonts are in no chunk's modules.
      const styles = [...this.getModuleIds()].filter((id) => /\.css(\?|$)/.test(id));
      const folders = [...modules, ...styles].flatMap((id) => packageOf(id) ?? []);
      const copied = COPIED.flatMap((name) => [...withDependencies(name, root)]);
      const file = join(dirname(dir), "licenses.json");
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(readLicenses(new Set([...folders, ...copied]))));
    },
  };
}
