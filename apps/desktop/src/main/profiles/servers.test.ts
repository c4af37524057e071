import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BrowserWindow, session } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeCertificate } from "../../../testing/certificates.ts";
import {
  becomeReady,
  double,
  openPage,
  privilegesOf,
  startElectron,
} from "../../../testing/electron/control.ts";
import type { Session } from "../../../testing/electron/session.ts";
import type { Bridge } from "../../shared/bridge.ts";
import { declareAppScheme, readAppPages } from "../app-protocol.ts";
import { answerCalls, type Handlers } from "../bridge/answer-calls.ts";
import { registerPage } from "../bridge/callers.ts";
import { lockDown } from "../lock-down.ts";
import { openSettings } from "../settings.ts";
import { openServers, type Servers } from "./servers.ts";

const ORIGIN = "app://guildhall";

let pages: string;
let path: string;
let servers: Servers;
const windows = { show: vi.fn(), closeAll: vi.fn(), onChanged: vi.fn() };

function start(presetServerUrl?: string) {
  servers = openServers({
    settings: openSettings(path),
    ...{ presetServerUrl, windows, servePages: readAppPages(pages) },
    protocol: { protocol: 1, oldestProtocol: 1 },
  });
  // Whatever else there is in the table is another part's.
  answerCalls(servers.calls as Partial<Handlers> as Handlers, ORIGIN);
}

beforeEach(async () => {
  await startElectron({ ready: false });
  pages = mkdtempSync(join(tmpdir(), "guildhall-"));
  path = join(mkdtempSync(join(tmpdir(), "guildhall-")), "settings.json");
  writeFileSync(join(pages, "inline-scripts.json"), JSON.stringify({ sums: ["sha256-one"] }));
  writeFileSync(join(pages, "index.html"), "<!doctype html>");
  for (const each of Object.values(windows)) each.mockReset();
  declareAppScheme();
  lockDown(ORIGIN);
  await becomeReady();
  start();
});

const doubleOf = (real: Electron.Session) => real as unknown as Session;

async function pageOf(profileId: string) {
  const window = new BrowserWindow({ webPreferences: { session: servers.sessionOf(profileId) } });
  registerPage(window.webContents, profileId);
  await window.loadURL(`${ORIGIN}/`);
  const { guildhall } = await openPage(double(window).webContents);
  return guildhall as Bridge;
}

describe("a profile", () => {
  it("has a session of its own: our pages by their policy, and nothing granted", async () => {
    const first = servers.sessionOf(servers.current());
    const second = servers.sessionOf(servers.profiles.add().id);
    expect(first).not.toBe(second);
    for (const own of [first, second].map(doubleOf)) {
      expect(own.partition).toMatch(/^persist:profile-[\w-]+$/);
      const page = await own.protocol.request(`${ORIGIN}/w/one`);
      expect(page.headers.get("content-security-policy")).toContain(
        "script-src 'self' 'sha256-one'",
      );
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      const window = new BrowserWindow({ webPreferences: { partition: own.partition } });
      await window.loadURL(`${ORIGIN}/`);
      expect(await double(window).webContents.askPermission("geolocation")).toBe(false);
      expect(own.verifyProc).not.toBeNull();
    }
    expect(privilegesOf("app")).toEqual({
      ...{ standard: true, secure: true, supportFetchAPI: true, allowServiceWorkers: true },
    });
  });

  it("is asked about itself by its own pages only", async () => {
    const other = servers.profiles.add({ serverUrl: "https://b.example" });
    const [mine, theirs] = [await pageOf(servers.current()), await pageOf(other.id)];
    await mine.setServerUrl("a.example/");
    expect(await mine.getServerUrl()).toBe("https://a.example");
    expect(await theirs.getServerUrl()).toBe("https://b.example");
    await mine.setToken("token of a");
    await theirs.setToken("token of b");
    expect([await mine.getToken(), await theirs.getToken()]).toEqual(["token of a", "token of b"]);
    await theirs.clearToken();
    expect([await mine.getToken(), await theirs.getToken()]).toEqual(["token of a", null]);
  });

  it("is there at the next start, with its partition", async () => {
    const { id } = servers.profiles.add({ serverUrl: "https://b.example" });
    await (await pageOf(id)).setToken("token of b");
    servers.used(id);
    await startElectron();
    start();
    expect(servers.current()).toBe(id);
    expect(await (await pageOf(id)).getToken()).toBe("token of b");
  });

  it("has the address the app was started with until its person names one", async () => {
    await startElectron();
    start("guildhall.test");
    const page = await pageOf(servers.current());
    expect(await page.getServerUrl()).toBe("https://guildhall.test");
    await page.setServerUrl("a.example");
    expect(await page.getServerUrl()).toBe("https://a.example");
  });
});

describe("the list of servers", () => {
  it("is added to, renamed, and switched through", async () => {
    const own = servers.current();
    const page = await pageOf(own);
    await page.setServerUrl("a.example");
    await page.setToken("token of a");
    const added = await page.addProfile();
    expect(windows.show).toHaveBeenLastCalledWith(added, expect.anything());
    // The one that is blank is used before there is another.
    expect(await page.addProfile()).toBe(added);
    await page.renameProfile({ id: added, name: " Forge " });
    expect(await page.listProfiles()).toMatchObject([
      { id: own, label: "a.example", isOwn: true, isSignedIn: true },
      { id: added, label: "Forge", isOwn: false, isSignedIn: false, serverUrl: null },
    ]);
    expect(windows.onChanged).toHaveBeenCalled();
    await page.switchProfile(added);
    expect(servers.current()).toBe(added);
    await expect(page.switchProfile("never")).rejects.toThrow("isn't in this app any more");
    await page.renameProfile({ id: added, name: "" });
    expect((await page.listProfiles())[1]?.label).toBe("New server");
  });

  it("loses a server with all that is stored of it, and has always one", async () => {
    const own = servers.current();
    const page = await pageOf(own);
    await page.setServerUrl("a.example");
    await page.setToken("token of a");
    const stored = doubleOf(servers.sessionOf(own));
    await page.removeProfile(own);
    expect(windows.closeAll).toHaveBeenCalledWith(own);
    expect(stored.cleared.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["storage", "cache", "auth"]),
    );
    const [left] = servers.profiles.list();
    expect(left).toMatchObject({ serverUrl: null, encryptedToken: null });
    expect(left?.id).not.toBe(own);
    expect(windows.show).toHaveBeenLastCalledWith(left?.id, null);
  });

  it("holds twenty", async () => {
    const page = await pageOf(servers.current());
    for (let n = 1; n < 20; n++) servers.profiles.add({ serverUrl: `https://${n}.example` });
    await page.setServerUrl("a.example");
    await expect(page.addProfile()).rejects.toThrow("20 servers at most");
  });
});

it("a certificate is trusted once its person has seen it, for its server, until they say otherwise", async () => {
  const made = makeCertificate();
  const server = createServer(made, (_request, response) =>
    response.end(JSON.stringify({ guildhall: { protocol: 1, oldestProtocol: 1 } })),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const serverUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own = servers.current();
  const page = await pageOf(own);
  const { fingerprint } = made;
  const trusted = { host: "127.0.0.1", fingerprint };

  await expect(page.trustCertificate(trusted)).rejects.toThrow("another certificate");
  expect(await page.checkServer(serverUrl)).toMatchObject({ kind: "certificate" });
  const another = { ...trusted, fingerprint: "0".repeat(64) };
  await expect(page.trustCertificate(another)).rejects.toThrow("another certificate");
  await page.trustCertificate(trusted);
  expect(await page.checkServer(serverUrl)).toMatchObject({ kind: "ok" });
  await page.setServerUrl(serverUrl);
  expect(await page.checkServer(null)).toMatchObject({ kind: "ok" });
  const fetched = () => session.fromPartition(`persist:profile-${own}`).fetch(serverUrl);
  expect((await fetched()).status).toBe(200);
  expect((await page.listProfiles())[0]?.certificate).toMatchObject({ fingerprint });
  // No other profile trusts it.
  const other = await pageOf(servers.profiles.add().id);
  expect(await other.checkServer(serverUrl)).toMatchObject({ kind: "certificate" });

  await page.distrustCertificate(own);
  expect(await page.checkServer(null)).toMatchObject({ kind: "certificate" });
  await expect(fetched()).rejects.toThrow("net::ERR_CERT_AUTHORITY_INVALID");
  server.close();
});
