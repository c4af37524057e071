/**
 * Preloaded where programs run from source. Node 24 parses a package's `exports` anew whenever it asks for the
 * package's configuration (`getPackageScopeConfig` spreads a getter), and drizzle-orm's fill 178 KB: at each of
 * its own modules, and at each import of it, half a second for a server. It is asked once for each specifier;
 * inside the package relative imports mean what they say.
 */
import { registerHooks } from "node:module";

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
