import type { Plugin } from "vite";

/**
 * What a page needs before it can show anything comes as one file, and its libraries as another. Cut up by
 * who else imports each module, as the bundler does by itself, it is fifty files that are asked for one by
 * one and pack worse.
 */
export function startChunk(): Plugin {
  const atStart = new Set<string>();
  return {
    name: "guildhall:start-chunk",
    apply: "build",
    outputOptions: (options) => ({ ...options, codeSplitting: { groups: [{ name: groupOf }] } }),
    buildEnd() {
      atStart.clear();
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) atStart.add(id);
      // A set that grows while it is gone through.
      for (const id of atStart) {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) atStart.add(imported);
      }
    },
  };

  function groupOf(id: string): string | null {
    // By its name: the one that the way in asks for by itself.
    if (id.includes("/@simplewebauthn/browser/")) return "passkeys";
    if (!atStart.has(id)) return null;
    return id.includes("/node_modules/") ? "libraries" : "start";
  }
}
