import type { Plugin, Rolldown } from "vite";

/** Drawing diagrams takes more than everything else together: it comes with the first of them. */
const COMES_WHEN_NEEDED = /node_modules\/mermaid\//;

/**
 * Names in the page what it will import later, as the browser's to bring while it has nothing else
 * to do. So a document opens at once, and the service worker keeps it too: without a connection a
 * document opens that nobody had open before. In a template it is words and no more: nothing comes for
 * who only looks at the way in (platform/lazy-files.ts puts it to use).
 */
export function prefetchLazy(): Plugin {
  return {
    name: "guildhall:prefetch-lazy",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, chunk }) {
        if (!bundle || !chunk) return;
        const named = (file: string) => html.includes(`/${file}"`);
        const links = [...filesOf(bundle, chunk), ...workersOf(bundle)]
          .filter((file) => !named(file))
          .map((file) => ({
            tag: "link",
            attrs: { rel: "prefetch", crossorigin: true, href: `/${file}` },
          }));
        return [
          { tag: "template", injectTo: "body", attrs: { id: "lazy-files" }, children: links },
        ];
      },
    },
  };
}

/** They are begun by name, and imported by nobody: of the search on this device, of pdf.js. */
const workersOf = (bundle: Rolldown.OutputBundle) =>
  Object.keys(bundle).filter((file) => /^assets\/[\w.-]*worker[\w.-]*\.js$/.test(file));

/** Scripts and styles that are reached from `entry`, soon or later. */
function filesOf(bundle: Rolldown.OutputBundle, entry: Rolldown.OutputChunk): Set<string> {
  const files = new Set([entry.fileName]);
  for (const file of files) {
    const chunk = bundle[file];
    if (chunk?.type !== "chunk") continue;
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) {
      const there = bundle[next];
      // A style that is imported later alone is no file: vite loads it in another way.
      if (there?.type !== "chunk") continue;
      if (!COMES_WHEN_NEEDED.test(there.facadeModuleId ?? "")) files.add(next);
    }
  }
  return files;
}
