/**
 * Preloaded into the servers that tests start: a password costs 2⁴ rounds instead of 2¹², which is a quarter
 * second of a core for each account and each sign-in. How many there are changes no rule, and what ships has no
 * setting for it that somebody could get wrong.
 */
import { registerHooks } from "node:module";

const LIBRARY = "@node-rs/bcrypt";
const fewRounds = new URL("few-rounds.ts", import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context);
    if (specifier !== LIBRARY) return found;
    // The program's own copy, wherever it has been laid out.
    fewRounds.search = new URLSearchParams({ library: found.url }).toString();
    return { url: fewRounds.href, format: "module-typescript", shortCircuit: true };
  },
});
