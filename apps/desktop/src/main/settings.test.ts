import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, vi } from "vitest";
import { openSettings } from "./settings.ts";

const newPath = () => join(mkdtempSync(join(tmpdir(), "guildhall-")), "settings.json");
const stored = (path: string) => JSON.parse(readFileSync(path, "utf8"));

it("begins with one profile in which no server was named", () => {
  const { profiles, currentProfileId, windows } = openSettings(newPath()).get();
  expect(profiles).toEqual([
    {
      id: currentProfileId,
      kind: "server",
      ...{ name: null, serverUrl: null, encryptedToken: null, tokenServerUrl: null },
      certificate: null,
    },
  ]);
  expect(windows).toEqual([]);
});

it("takes over what was stored when there was one server", () => {
  const path = newPath();
  const window = { width: 900, height: 700, maximized: true };
  writeFileSync(
    path,
    JSON.stringify({
      ...{ serverUrl: "https://a.example", encryptedToken: "djEw", window },
      tokenServerUrl: "https://a.example",
    }),
  );
  const settings = openSettings(path);
  expect(settings.get()).toMatchObject({
    ...{ version: 2, storesTokensInPlain: null },
    windows: [{ path: "/", bounds: window }],
  });
  expect(settings.get().profiles).toMatchObject([
    { kind: "server", serverUrl: "https://a.example", encryptedToken: "djEw" },
  ]);
  // The profile's id names its partition: once it is written it stays.
  settings.update({});
  expect(openSettings(path).get()).toEqual(settings.get());
});

it("begins anew with what it can't read of windows and the app, and keeps the accounts", () => {
  const path = newPath();
  const settings = openSettings(path);
  settings.update({});
  const broken = { windows: "none", desktop: 3, zoom: { one: "large" } };
  writeFileSync(path, JSON.stringify({ ...stored(path), ...broken }));
  expect(openSettings(path).get()).toEqual(settings.get());
});

it("keeps what a newer app has stored", () => {
  const path = newPath();
  const settings = openSettings(path);
  settings.update({});
  writeFileSync(path, JSON.stringify({ ...stored(path), version: 9, later: { a: 1 } }));
  openSettings(path).update({ storesTokensInPlain: true });
  expect(stored(path)).toMatchObject({ version: 9, later: { a: 1 }, storesTokensInPlain: true });
});

it("begins anew with what it can't read, and keeps that", () => {
  const path = newPath();
  writeFileSync(path, "{ half");
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(openSettings(path).get().profiles).toHaveLength(1);
  expect(readdirSync(dirname(path))).toEqual(["settings.json.unreadable"]);
  expect(readFileSync(`${path}.unreadable`, "utf8")).toBe("{ half");
  log.mockRestore();
});
