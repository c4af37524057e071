/** The desktop app, published from a folder and had by whoever asks, from the data folder and from a bucket. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createS3Store, publishDesktop } from "@guildhall/api/server";
import { schema } from "@guildhall/db";
import { makeRelease, makeSigningKey, type TestRelease } from "@guildhall/testing/desktop-release";
import { startTestS3, type TestS3 } from "@guildhall/testing/s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const { auditEntries, desktopFiles, filePuts } = schema;
const { privateKey } = makeSigningKey();
const app = randomBytes(3_000_000);

describe.each(["the data folder", "a bucket"])("the app, kept in %s", (kind) => {
  let s3: TestS3 | undefined;
  let server: Awaited<ReturnType<typeof startTestSockets>>;
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-release-"));
  beforeAll(async () => {
    s3 = kind === "a bucket" ? await startTestS3() : undefined;
    server = await startTestSockets({}, s3 && (await createS3Store(s3.settings)));
  });
  afterAll(async () => {
    await server.stop();
    await s3?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (name: string, init: RequestInit = {}) =>
    fetch(`${server.url}/desktop/${name}`, init);
  const release = (values: Partial<TestRelease>) =>
    makeRelease(folder, {
      ...{ version: "1.0.0", files: { "app-1.0.0.AppImage": app }, privateKey, ...values },
    });
  const publish = () => publishDesktop(server.api.services, folder);

  test("is not there before it was published", async () => {
    expect((await get("latest-linux.yml")).status).toBe(404);
  });

  test("is given to whoever asks, whole or a range, and kept for good but for the feed", async () => {
    const text = release({
      files: { "app-1.0.0.AppImage": app, "app-1.0.0.AppImage.blockmap": "m" },
    });
    expect(await publish()).toMatchObject({ versions: ["1.0.0"], files: 3, stored: 3 });
    const feed = await get("latest-linux.yml");
    expect([await feed.text(), feed.headers.get("cache-control")]).toEqual([text, "no-cache"]);
    const etag = feed.headers.get("etag") ?? "";
    const again = await get("latest-linux.yml", { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);

    const whole = await get("app-1.0.0.AppImage");
    expect(app.equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
    const headers = { range: "bytes=1000000-1000009" };
    const part = await get("app-1.0.0.AppImage", { headers });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(app.subarray(1_000_000, 1_000_010));
    if (!s3) expect(whole.headers.get("cache-control")).toContain("immutable");
    const beyond = { headers: { range: "bytes=9000000-" } };
    expect(
      (await get("app-1.0.0.AppImage", s3 ? { ...beyond, method: "HEAD" } : beyond)).status,
    ).toBe(416);
    const head = await get("app-1.0.0.AppImage", { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("3000000");
    expect((await get("app-1.0.0.AppImage.blockmap")).status).toBe(200);
  });

  test("is nothing else of the server's, whatever the address says", async () => {
    for (const name of [
      "",
      "..",
      "%2e%2e%2fjwt-secret",
      "..%5cjwt-secret",
      "a%00b",
      "app/x",
      "%",
    ]) {
      expect([400, 404], name).toContain((await get(name)).status);
    }
    expect((await get("latest-linux.yml", { method: "DELETE" })).status).toBe(405);
  });

  test("of a new version takes the old one's place; what was begun can be ended", async () => {
    const files = { "app-1.1.0.AppImage": Buffer.concat([app, app]) };
    const publishedAt = "2026-12-02T10:00:00.000Z";
    const text = release({ version: "1.1.0", files, publishedAt });
    expect(await publish()).toMatchObject({ versions: ["1.1.0"], files: 2, stored: 2 });
    expect(await publish()).toMatchObject({ files: 2, stored: 0 });
    expect(await (await get("latest-linux.yml")).text()).toBe(text);
    expect((await get("app-1.0.0.AppImage", { method: "HEAD" })).status).toBe(200);

    const { db } = server.api.services;
    await db.execute(
      "update desktop_files set replaced_at = now() - interval '31 days' where name = 'app-1.0.0.AppImage'",
    );
    const rows = await db.select().from(desktopFiles);
    const old = rows.find(({ name }) => name === "app-1.0.0.AppImage");
    await publish();
    expect((await get("app-1.0.0.AppImage")).status).toBe(404);
    expect(await server.api.services.files.stat(old?.objectId ?? "")).toBeNull();
    // Nothing is left for the sweep but the feed that was replaced.
    expect(await db.$count(filePuts)).toBe(1);
  });

  test("is noted in the audit log", async () => {
    const entries = await server.api.services.db.select().from(auditEntries);
    const entry = entries.find(({ action }) => action === "instance.desktopPublished");
    expect(entry).toMatchObject({ credential: "system", after: { versions: ["1.0.0"], files: 3 } });
  });

  test("is not replaced by what is unsigned, older, incomplete or another file of that name", async () => {
    const before = await (await get("latest-linux.yml")).text();
    const later = { version: "1.2.0", publishedAt: "2026-12-03T10:00:00.000Z" };
    release({ publishedAt: "2026-12-01T09:00:00.000Z" });
    await expect(publish()).rejects.toThrow("older than the one that is published");

    release({ ...later, files: { "app-1.1.0.AppImage": "others" } });
    await expect(publish()).rejects.toThrow("give the release a new version");

    release({ ...later, files: { "app-1.2.0.AppImage": app } });
    writeFileSync(path.join(folder, "app-1.2.0.AppImage"), "tampered");
    await expect(publish()).rejects.toThrow("isn't the file that latest-linux.yml describes");
    rmSync(path.join(folder, "app-1.2.0.AppImage"));
    await expect(publish()).rejects.toThrow("names app-1.2.0.AppImage, which isn't in");

    const feed = path.join(folder, "latest-linux.yml");
    writeFileSync(feed, readFileSync(feed, "utf8").replace(/^#.*\n/, ""));
    await expect(publish()).rejects.toThrow("isn't signed");
    rmSync(feed);
    await expect(publish()).rejects.toThrow("There's no feed in");
    expect(await (await get("latest-linux.yml")).text()).toBe(before);
  });
});
