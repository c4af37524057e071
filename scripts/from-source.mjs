/**
 * Preloaded where programs run from source, in `npm run dev` and in tests: halves what loading takes.
 *
 * Compiled code is kept from one start to the next. And Node 24 parses a package's `exports` anew whenever it
 * asks for the package's configuration (`getPackageScopeConfig` spreads a getter): drizzle-orm's fill 178 KB, it
 * is asked at each of its own modules and at each import of it, and that is half a second for a server. So it is
 * asked once for each specifier; inside the package a relative import is what it says.
 */
import { enableCompileCache, registerHooks } from "node:module";
import path from "node:path";

enableCompileCache(path.join(import.meta.dirname, "../node_modules/.cache/compiled"));

const PACKAGE = "/node_modules/drizzle-orm/";
const resolved = new Map();

registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL = "", conditions } = context;
    const isImport = conditions.includes("import");
    if (isImport && specifier.startsWith(".") && parentURL.includes(PACKAGE)) {
      return { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true };
    }
    if (!isImport || !/^drizzle-orm(\/|$)/.test(specifier)) return nextResolve(specifier, context);
    // Ours all mean one copy; a package may bring another.
    const key = parentURL.includes("/node_modules/") ? `${specifier} ${parentURL}` : specifier;
    const known = resolved.get(key) ?? nextResolve(specifier, context);
    resolved.set(key, known);
    return { ...known, shortCircuit: true };
  },
});
