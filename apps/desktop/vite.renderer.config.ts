import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { prefetchLazy } from "./prefetch-lazy.ts";

const root = resolve(import.meta.dirname, "src/renderer");

/** The pages as a plain web page; electron.vite.config.ts builds the same pages for the window. */
export default defineConfig({
  root,
  plugins: [react(), tailwindcss(), prefetchLazy()],
  resolve: { alias: { "@": resolve(root, "src") } },
  build: {
    outDir: resolve(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    // light-dark() and nesting are used as they are: both have been in every engine since 2024.
    target: ["chrome123", "firefox120", "safari17.5"],
    // gallery.html is a page for developers: naming the one input keeps it out of the product.
    rolldownOptions: { input: resolve(root, "index.html") },
  },
  // pdf.js brings a worker that is a module.
  worker: { format: "es" },
  server: {
    port: 5173,
    proxy: {
      "/files": { target: process.env.GUILDHALL_SERVER ?? "http://127.0.0.1:8001" },
      "/trpc": { target: process.env.GUILDHALL_SERVER ?? "http://127.0.0.1:8001", ws: true },
    },
  },
});
