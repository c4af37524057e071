import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { used } from "./contract.ts";

const src = join(import.meta.dirname, "../../src");
const sources = ["main", "preload"].flatMap((part) =>
  readdirSync(join(src, part), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => join(src, part, file)),
);

/** Those of the page's side, which the contract's main process has not, and types. */
const elsewhere = new Set(["ipcRenderer", "contextBridge", "webUtils"]);

/** What is imported by name of `electron`, without types. */
function importsOf(text: string): string[] {
  const lists = [...text.matchAll(/import \{([^}]*)\} from "electron"/g)].map(([, list]) => list);
  return lists
    .flatMap((list) => (list ?? "").split(","))
    .map((name) => name.trim())
    .filter((name) => name && !name.startsWith("type "));
}

describe("what the sources use of electron", () => {
  it("stands in the contract", () => {
    const missing = sources.flatMap((file) => {
      const text = readFileSync(file, "utf8");
      return importsOf(text)
        .filter((name) => !elsewhere.has(name))
        .flatMap((name) => {
          const list: readonly string[] | undefined = used[name as keyof typeof used];
          const members = [...text.matchAll(new RegExp(`\\b(?<![.'"])${name}\\.(\\w+)`, "g"))];
          return members
            .map(([, member]) => member ?? "")
            .filter((member) => !list?.includes(member))
            .map((member) => `${name}.${member}`);
        });
    });
    expect([...new Set(missing)]).toEqual([]);
    expect(sources.length).toBeGreaterThan(5);
  });
});
