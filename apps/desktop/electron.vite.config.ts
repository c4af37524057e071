import { resolve } from "node:path";
import { defineConfig } from "electron-vite";
import pages from "./vite.renderer.config.ts";

export default defineConfig({
  main: {
    build: { outDir: "out/main" },
  },
  preload: {
    build: {
      outDir: "out/preload",
      // A sandboxed preload may not import: one CommonJS file holds everything it needs.
      externalizeDeps: false,
      rolldownOptions: { output: { format: "cjs", entryFileNames: "index.cjs" } },
    },
  },
  renderer: {
    ...pages,
    build: {
      ...pages.build,
      outDir: resolve(import.meta.dirname, "out/renderer"),
      // The one engine it will run in.
      target: "chrome140",
    },
  },
});
