import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Before them stands this in Electron's program, then a version and how many there are. */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
/** In their order there, as @electron/fuses names them. */
const FUSES = [
  "RunAsNode",
  "EnableCookieEncryption",
  "EnableNodeOptionsEnvironmentVariable",
  "EnableNodeCliInspectArguments",
  "EnableEmbeddedAsarIntegrityValidation",
  "OnlyLoadAppFromAsar",
  "LoadBrowserProcessSpecificV8Snapshot",
  "GrantFileProtocolExtraPrivileges",
] as const;

/** A folder as Electron's download for Linux unpacks to, whose program runs nothing but has fuses to set. */
export function makeElectronDistribution(folder: string, version: string): void {
  mkdirSync(join(folder, "resources"), { recursive: true });
  // As Electron is built: what the fuses are for is on, where it was before there were fuses.
  const fuses = `\x01${String.fromCharCode(FUSES.length)}${"10110001"}`;
  writeFileSync(join(folder, "electron"), `stands in for Electron ${SENTINEL}${fuses}`, {
    mode: 0o755,
    encoding: "latin1",
  });
  writeFileSync(join(folder, "version"), version);
  writeFileSync(join(folder, "LICENSE"), "Electron's licence");
  writeFileSync(join(folder, "LICENSES.chromium.html"), "Chromium's licences");
}

/** How the fuses of a program are set. */
export function readFuses(program: string): Partial<Record<(typeof FUSES)[number], boolean>> {
  const text = readFileSync(program, "latin1");
  const from = text.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(FUSES.map((name, n) => [name, text[from + n] === "1"]));
}
