import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeElectronDistribution, readFuses } from "../testing/electron-distribution.ts";
import { readAsar } from "../testing/read-asar.ts";
import { configuration } from "./electron-builder.ts";

const root = resolve(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "guildhall-pack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** electron-builder's own library, which it alone may name. */
const requireOfBuilder = createRequire(createRequire(import.meta.url).resolve("electron-builder"));

function pack(env: NodeJS.ProcessEnv, ...args: string[]) {
  return new Promise<{ code: number | string; said: string }>((done) => {
    execFile(
      process.execPath,
      ["scripts/run.mjs", "desktop:pack", ...args],
      { cwd: root, env: { ...process.env, ...env } },
      (error, stdout, stderr) => done({ code: error?.code ?? 0, said: stdout + stderr }),
    );
  });
}

describe("how the app is packed", () => {
  it("is what electron-builder takes", async () => {
    const { validateConfiguration } = requireOfBuilder("app-builder-lib/out/util/config/config");
    const { DebugLogger } = requireOfBuilder("builder-util");
    const check = (each: object) => validateConfiguration(each, new DebugLogger(false));
    await expect(check(configuration)).resolves.toBeUndefined();
    await expect(check({ ...configuration, nsis: { oneclick: false } })).rejects.toThrow(
      "configuration.nsis",
    );
  });

  it("names the icons and papers that are here", () => {
    const { win, mac, linux, nsis } = configuration;
    const named = [win?.icon, mac?.icon, mac?.entitlements, linux?.icon, nsis?.license];
    for (const each of named) {
      expect(existsSync(resolve(import.meta.dirname, "..", String(each))), String(each)).toBe(true);
    }
  });
});

describe.runIf(process.platform === "linux")("the packed app", () => {
  const output = join(folder, "packed");
  const resources = join(output, "linux-unpacked", "resources");
  let files = new Map<string, Buffer>();

  beforeAll(async () => {
    const { version } = createRequire(import.meta.url)("electron/package.json");
    const dist = join(folder, "electron");
    makeElectronDistribution(dist, version);
    const { code, said } = await pack({ ELECTRON_OVERRIDE_DIST_PATH: dist }, "--output", output);
    expect(code, said).toBe(0);
    files = readAsar(join(resources, "app.asar"));
  });

  it("has what runs, and nothing to read its sources, its tests or secrets from", () => {
    const names = [...files.keys()];
    expect(names).toEqual(
      expect.arrayContaining([
        "package.json",
        "out/main/index.js",
        "out/preload/index.cjs",
        "out/renderer/index.html",
      ]),
    );
    const others = names.filter(
      (name) => !/^(package\.json|out\/(main|preload|renderer)\/)/.test(name),
    );
    expect(others).toEqual(["out/licenses.json"]);
    const unwanted = /\.(tsx?|map|mts|cts|pem|key)$|(^|\/)\.|\.(test|spec)\.|node_modules/;
    expect(names.filter((name) => unwanted.test(name))).toEqual([]);
    const mapped = [...files].filter(([name, content]) => {
      return /\.(js|cjs|css)$/.test(name) && content.includes("sourceMappingURL=data:");
    });
    expect(mapped.map(([name]) => name)).toEqual([]);
    const manifest = JSON.parse(String(files.get("package.json")));
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.devDependencies).toBeUndefined();
  });

  it("is no Node for whoever starts it, and runs only what was packed", () => {
    expect(readFuses(join(output, "linux-unpacked", "guildhall"))).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it("has its licence beside it", () => {
    expect(readFileSync(join(resources, "LICENSE.guildhall.txt"), "utf8")).toContain("MIT");
  });
});

describe("where there is no Electron", () => {
  it("says in one sentence what is missing", async () => {
    const { code, said } = await pack({
      ELECTRON_OVERRIDE_DIST_PATH: "",
      ELECTRON_MIRROR: "http://127.0.0.1:9/",
      electron_config_cache: join(folder, "cache"),
      // Of another system, so that one that is installed is not taken.
      ELECTRON_INSTALL_PLATFORM: "nowhere",
    });
    expect(code).toBe(1);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(said).toContain("isn't installed and couldn't be downloaded");
  });
});
