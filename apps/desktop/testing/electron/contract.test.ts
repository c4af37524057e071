import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as double from "electron";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases, used, usedOfInstances } from "./contract.ts";
import { startElectron } from "./control.ts";

/** Null where the package is there and its binary is not. */
function findBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  const named = join(folder, "path.txt");
  if (process.env.ELECTRON_PATH) return process.env.ELECTRON_PATH;
  if (!existsSync(named)) return null;
  const binary = join(folder, "dist", readFileSync(named, "utf8"));
  return existsSync(binary) ? binary : null;
}
const binary = findBinary();
console.info(
  binary
    ? `Electron: the contract is run against the double, and against ${binary}.`
    : "Electron: the contract is run against the double only; its binary is not on this machine.",
);

const named = Object.entries(cases);

describe("the double of electron", () => {
  beforeAll(() => startElectron());

  it.each(named)("%s", (_name, { run, holds }) => {
    const work = run as (electron: unknown, ...lists: unknown[]) => unknown;
    expect(work(double, used, usedOfInstances)).toEqual(holds);
  });
});

if (binary)
  describe("the real electron", () => {
    let close: () => Promise<void>;
    let evaluate: (work: (electron: unknown) => unknown, lists: unknown) => Promise<unknown>;
    beforeAll(async () => {
      const { _electron } = await import("@playwright/test");
      const app = await _electron.launch({
        executablePath: binary,
        args: [join(import.meta.dirname, "empty-app.cjs"), "--no-sandbox"],
      });
      await app.evaluate(({ app }) => app.whenReady());
      evaluate = (work, lists) =>
        app.evaluate(
          // It is sent as text, so it brings the case along as text.
          (electron, { text, lists }) => new Function(`return ${text}`)()(electron, ...lists),
          { text: String(work), lists: lists as unknown[] },
        );
      close = () => app.close();
    });
    afterAll(() => close());

    it.each(named)("%s", async (_name, { run, holds }) => {
      expect(
        await evaluate(run as (electron: unknown) => unknown, [used, usedOfInstances]),
      ).toEqual(holds);
    });
  });
