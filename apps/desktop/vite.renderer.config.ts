import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, normalizePath } from "vite";
import { viteStaticCopy } from "vite-plugin-static-copy";
import { serverProblem } from "./dev/server-problem.ts";
import { diagramScripts } from "./diagram-scripts.ts";
import { licenses } from "./licenses.ts";
import { ownPaths } from "./own-paths.ts";
import { prefetchLazy } from "./prefetch-lazy.ts";
import { startChunk } from "./start-chunk.ts";

/** Files that pdf.js fetches by name; WebAssembly is not among them, which the policy of the page forbids. */
const ofPdfJs = (files: string) => ({
  src: normalizePath(
    join(dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json")), files),
  ),
  dest: `pdfjs/${dirname(files)}`,
  rename: { stripBase: true as const },
});

const root = resolve(import.meta.dirname, "src/renderer");

/** The pages as a plain web page; electron.vite.config.ts builds the same pages for the window. */
export default defineConfig({
  root,
  plugins: [
    react(),
    tailwindcss(),
    startChunk(),
    prefetchLazy(),
    ownPaths(root),
    diagramScripts(root),
    licenses(root),
    serverProblem(),
    viteStaticCopy({
      targets: ["cmaps/*", "standard_fonts/*", "wasm/*{_nowasm_fallback.js,JBIG2,OPENJPEG}"].map(
        ofPdfJs,
      ),
    }),
  ],
  resolve: { alias: { "@": resolve(root, "src") } },
  build: {
    outDir: resolve(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    // light-dark() and nesting are used as they are: both have been in every engine since 2024.
    target: ["chrome123", "firefox120", "safari17.5"],
    rolldownOptions: { input: resolve(root, "index.html") },
  },
  // pdf.js brings a worker that is a module.
  worker: { format: "es" },
  server: {
    port: 5173,
    proxy: {
      "/auth": { target: process.env.GUILDHALL_SERVER ?? "http://127.0.0.1:8001" },
      "/client.tgz": { target: process.env.GUILDHALL_SERVER ?? "http://127.0.0.1:8001" },
      "/files": { target: process.env.GUILDHALL_SERVER ?? "http://127.0.0.1:8001" },
      "/trpc": { target: process.env.GUILDHALL_SERVER ?? "http://127.0.0.1:8001", ws: true },
    },
  },
});
