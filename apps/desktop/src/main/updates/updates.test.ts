/**
 * electron-updater's own code against a feed over HTTP, with a platform's installer that only notes what it was given.
 * What is refused leaves the app as it is, and nothing to install when it quits.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
/**
 * electron-updater's own code against a feed over HTTP, with a platform's installer that only notes what it was given.
 * What is refused leaves the app as it is, and nothing to install when it quits.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeRelease, makeSigningKey, type TestRelease } from "@guildhall/testing/desktop-release";
import { app } from "electron";
import { BaseUpdater } from "electron-updater";
import { ElectronHttpExecutor } from "electron-updater/out/electronHttpExecutor.js";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startElectron } from "../../../testing/electron/control.ts";
import type { UpdateState } from "../../shared/updates.ts";
import { openUpdates } from "./app-updates.ts";

const makers = makeSigningKey();
const others = makeSigningKey();
const program = Buffer.alloc(400_000, "the new app ");

/** Electron's way to fetch, with Node's own http in the place of its net. */
class NodeExecutor extends ElectronHttpExecutor {
  override createRequest(options: RequestOptions, onResponse: (response: IncomingMessage) => void) {
    return request(options, onResponse) as never;
  }
  override addRedirectHandlers() {}
}

type Download = Parameters<BaseUpdater["doDownloadUpdate"]>[0];

/** What each platform's updater does, down to its last step. */
class FakePlatformUpdater extends BaseUpdater {
  readonly #executor = new NodeExecutor();
  installed: { file: string; content: Buffer; isSilent: boolean }[] = [];

  constructor(folder: string) {
    super(null, {
      get version() {
        return app.getVersion();
      },
      name: "Guildhall",
      isPackaged: true,
      appUpdateConfigPath: join(folder, "app-update.yml"),
      userDataPath: folder,
      baseCachePath: join(folder, "cache"),
      whenReady: () => app.whenReady(),
      relaunch: () => app.relaunch(),
      quit: () => app.quit(),
      onQuit: (handler) => void app.once("quit", (_event, code) => handler(code)),
    });
    Object.assign(this, { httpExecutor: this.#executor });
  }

  protected doDownloadUpdate(options: Download) {
    const { provider, info } = options.updateInfoAndProvider;
    const [fileInfo] = provider.resolveFiles(info);
    if (!fileInfo) throw new Error("There is no file.");
    return this.executeDownload({
      ...{ fileExtension: "AppImage", fileInfo, downloadUpdateOptions: options },
      task: async (file, how) => void (await this.#executor.download(fileInfo.url, file, how)),
    });
  }

  protected doInstall({ isSilent }: { isSilent: boolean }) {
    const file = this.installerPath ?? "";
    this.installed.push({ file, content: readFileSync(file), isSilent });
    return true;
  }
}

let folder: string;
let released: string;
let seen: string | null;
let states: UpdateState[];
let updater: FakePlatformUpdater;
let updates: ReturnType<typeof openUpdates>;
/** What a request is answered with, in the place of the file. */
let instead: ((res: ServerResponse) => void) | null;
let asked: string[];

const server = createServer((req, res) => {
  const path = (req.url ?? "").split("?")[0] ?? "";
  asked.push(path);
  const file = join(released, path.replace("/desktop/", ""));
  if (!existsSync(file)) return void res.writeHead(404).end();
  if (instead && !path.endsWith(".yml")) return instead(res);
  const content = readFileSync(file);
  res.writeHead(200, { "content-length": content.length }).end(content);
});
beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => server.close());

beforeEach(async () => {
  await startElectron();
  folder = mkdtempSync(join(tmpdir(), "guildhall-updates-"));
  released = join(folder, "released");
  mkdirSync(released);
  writeFileSync(join(folder, "app-update.yml"), "updaterCacheDirName: guildhall-updater\n");
  [seen, states, instead, asked] = [null, [], null, []];
  Object.assign(app, { version: "1.0.0" });
  open();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The app, as it is started. */
function open() {
  updater = new FakePlatformUpdater(folder);
  updates = openUpdates({
    ...{ updater, whyOff: "", version: app.getVersion() },
    feedUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/desktop/`,
    trust: {
      publicKeys: [makers.publicKey],
      newestSeen: () => seen,
      onSeen: (publishedAt) => {
        seen = publishedAt;
      },
    },
    tell: (state) => void states.push(state),
  });
}

const feedName = `latest${{ darwin: "-mac", win32: "" }[process.platform as string] ?? linuxName()}.yml`;
function linuxName() {
  return process.arch === "x64" ? "-linux" : `-linux-${process.arch}`;
}
const release = (values: Partial<TestRelease> = {}) => {
  const { version = "1.1.0" } = values;
  return makeRelease(released, {
    ...{ feed: feedName, version, files: { [`app-${version}.AppImage`]: program } },
    ...{ privateKey: makers.privateKey, ...values },
  });
};

/** Says these words, and quits with nothing to put in. */
async function expectRefusal(words: string) {
  const state = await updates.check();
  expect(state).toEqual({ kind: "refused", why: expect.stringContaining(words) });
  expect(state).toHaveProperty("why", expect.stringContaining("Guildhall 1.0.0 stays as it is."));
  await updates.calls.installUpdate();
  app.quit();
  expect(updater.installed).toEqual([]);
  const pending = join(folder, "cache/guildhall-updater/pending/app-1.1.0.AppImage");
  expect(existsSync(pending)).toBe(false);
}

describe("an update", () => {
  it("is fetched without a word and put in when the app quits", async () => {
    release();
    expect(await updates.check()).toEqual({ kind: "ready", version: "1.1.0" });
    expect(states.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["checking", "downloading", "ready"]),
    );
    expect(updater.installed).toEqual([]);
    app.quit();
    expect(updater.installed).toMatchObject([{ content: program, isSilent: true }]);
  });

  it("is fetched once, though it is looked for again and in the next start", async () => {
    release();
    await updates.check();
    expect(await updates.check()).toEqual({ kind: "ready", version: "1.1.0" });
    open();
    expect(await updates.check()).toEqual({ kind: "ready", version: "1.1.0" });
    expect(asked.filter((path) => path.endsWith(".AppImage"))).toHaveLength(1);
  });

  it("stays ready while what is offered later is refused", async () => {
    release();
    await updates.check();
    release({ version: "1.2.0", privateKey: others.privateKey });
    expect(await updates.check()).toEqual({ kind: "ready", version: "1.1.0" });
    app.quit();
    expect(updater.installed).toHaveLength(1);
  });

  it("is none where the feed has this version, or there is none", async () => {
    expect(await updates.check()).toMatchObject({ kind: "current" });
    release({ version: "1.0.0" });
    expect(await updates.check()).toMatchObject({ kind: "current" });
  });

  it("reaches as many of a hundred as the feed says", async () => {
    release({ stagingPercentage: 0 });
    expect(await updates.check()).toMatchObject({ kind: "current" });
    release({ stagingPercentage: 100 });
    expect(await updates.check()).toMatchObject({ kind: "ready" });
  });
});

describe("what is refused, in words, while the app goes on", () => {
  it("a file that was changed after it was signed", async () => {
    release();
    writeFileSync(join(released, "app-1.1.0.AppImage"), Buffer.alloc(400_000, "malware "));
    await expectRefusal("isn't the one its makers signed");
  });

  it("a feed that was changed, also its sums", async () => {
    const text = release();
    writeFileSync(join(released, feedName), text.replace(/"size": \d+/, '"size": 7'));
    await expectRefusal("changed after it was signed");
  });

  it("a feed of another server, signed by other makers, or by nobody", async () => {
    release({ privateKey: others.privateKey });
    await expectRefusal("signed by someone other than the makers");
    writeFileSync(join(released, feedName), "version: 9.9.9\nfiles: []\n");
    await expectRefusal("isn't signed");
  });

  it("an older version than the app's, and an older release than was once offered", async () => {
    release({ version: "0.9.0" });
    await expectRefusal("older than this app");
    seen = "2026-12-05T00:00:00.000Z";
    release({ publishedAt: "2026-12-04T00:00:00.000Z" });
    await expectRefusal("An older release is offered");
  });

  it("a download that ends half way; the next one is whole", async () => {
    release();
    instead = (res) => {
      res.writeHead(200, { "content-length": program.length });
      res.write(program.subarray(0, 100_000), () => res.destroy());
    };
    await expectRefusal("couldn't be fetched completely");
    open();
    instead = (res) => res.writeHead(200).end(program.subarray(0, 100_000));
    await expectRefusal("isn't the one its makers signed");
    instead = null;
    expect(await updates.check()).toEqual({ kind: "ready", version: "1.1.0" });
  });
});

it("a copy that doesn't update itself says why, and asks nobody", async () => {
  release();
  const off = openUpdates({
    ...{ updater: null, whyOff: "It was built without a key.", version: "1.0.0" },
    feedUrl: () => "http://127.0.0.1:9/desktop/",
    trust: { publicKeys: [], newestSeen: () => null, onSeen: () => {} },
    tell: () => {},
  });
  expect(await off.check()).toEqual({ kind: "off", why: "It was built without a key." });
  expect(asked).toEqual([]);
});
