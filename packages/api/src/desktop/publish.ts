/**
 * A release of the desktop app, taken from a folder into the file store. All of it is checked before anything is
 * stored, and what people are offered changes in one transaction: nobody is given a feed whose files are not there.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Db, schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, isNull, lt, notInArray, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { FileStore } from "../core/file-store.ts";
import { dropContent, type Kept, keepContent, noteLate } from "../files/upload/store-file.ts";
import { type Feed, isFeedName, readFeed } from "./signed-feed.ts";

const { desktopFiles, filePuts } = schema;

/** Of what no feed names any more: apps that are on their way take it still, or what is the same in both. */
const REPLACED_KEPT = sql`now() - interval '30 days'`;

type Storing = { db: Db; files: FileStore };
type Found = { name: string; path: string; size: number; sha512: string; feed: string };
type Release = { name: string; feed: Feed; files: Found[] };
export type Published = { versions: string[]; files: number; stored: number; bytes: number };

/** Every error is a sentence for whoever called. */
export async function publishDesktop(services: Storing, folder: string): Promise<Published> {
  const releases = await readReleases(folder);
  for (const each of releases) await refuseOlder(services, each);
  const found = releases.flatMap(({ files }) => files);
  const versions = [...new Set(releases.map(({ feed }) => feed.version))];
  const fresh = await withoutStored(services.db, found);
  const kept: { file: Found; content: Kept }[] = [];
  try {
    for (const file of fresh) {
      kept.push({ file, content: await keepContent(services, createReadStream(file.path)) });
    }
  } catch (error) {
    for (const { content } of kept) await dropContent(services, content);
    throw error;
  }
  const gone = await services.db.transaction(async (tx) => {
    for (const { file, content } of kept) await addFile(tx, file, content);
    for (const each of releases) await noteReplaced(tx, each);
    await recordAudit(
      tx,
      {},
      { action: "instance.desktopPublished", after: { versions, files: found.length } },
    );
    return takeReplaced(tx);
  });
  for (const key of gone) await dropContent(services, { key });
  return {
    versions,
    files: found.length,
    stored: kept.length,
    bytes: kept.reduce((sum, { content }) => sum + content.size, 0),
  };
}

async function readReleases(folder: string): Promise<Release[]> {
  const names = (await readdir(folder).catch(() => null)) ?? [];
  const feeds = names.filter(isFeedName);
  if (feeds.length === 0) {
    throw new Error(
      `There's no feed in ${folder}: latest.yml, latest-mac.yml or latest-linux.yml, as a build of the app makes them.`,
    );
  }
  return Promise.all(feeds.map((name) => readRelease(folder, name, names)));
}

async function readRelease(folder: string, name: string, names: string[]): Promise<Release> {
  const text = await readFile(path.join(folder, name), "utf8");
  let feed: Feed;
  try {
    feed = readFeed(text);
  } catch (error) {
    throw new Error(`${name} can't be published. ${messageOf(error)}`);
  }
  const named = await Promise.all(
    feed.files.map(async ({ url, size, sha512 }) => {
      const file = await measure(folder, url, name);
      if (file.size !== size || file.sha512 !== sha512) {
        throw new Error(`${url} isn't the file that ${name} describes: build the release again.`);
      }
      return file;
    }),
  );
  // What differs between two versions of a file, by which apps fetch only that. Not signed: they check what comes of it.
  const maps = feed.files
    .map(({ url }) => `${url}.blockmap`)
    .filter((each) => names.includes(each));
  const others = [name, ...maps].map((each) => measure(folder, each, name));
  return { name, feed, files: [...named, ...(await Promise.all(others))] };
}

async function measure(folder: string, name: string, feed: string): Promise<Found> {
  const file = path.join(folder, name);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new Error(`${feed} names ${name}, which isn't in ${folder}.`);
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return { name, path: file, size: found.size, sha512: hash.digest("base64"), feed };
}

/** Apps refuse it as well, and would then be told so. */
async function refuseOlder({ db, files }: Storing, { name, feed }: Release) {
  const [row] = await db.select().from(desktopFiles).where(eq(desktopFiles.name, name));
  const content = row && (await files.get(row.objectId));
  if (!content) return;
  const there = readFeed(await text(content));
  if (there.publishedAt > feed.publishedAt) {
    throw new Error(
      `${name} is older than the one that is published (${there.version}, signed ${there.publishedAt}). Sign the release again to publish it all the same.`,
    );
  }
}

/** Those that are not there yet. A name is never given other bytes, which whoever has it would not ask about. */
async function withoutStored(db: Db, found: Found[]): Promise<Found[]> {
  const rows = await db
    .select()
    .from(desktopFiles)
    .where(
      inArray(
        desktopFiles.name,
        found.map(({ name }) => name),
      ),
    );
  const stored = new Map(rows.map((row) => [row.name, row]));
  return found.filter(({ name, sha512 }) => {
    const row = stored.get(name);
    if (row && row.sha512 !== sha512 && !isFeedName(name)) {
      throw new Error(`${name} is published with other content: give the release a new version.`);
    }
    return row?.sha512 !== sha512;
  });
}

async function addFile(tx: Tx, { name, sha512, feed }: Found, { key, size }: Kept) {
  const row = { objectId: key, size, sha512, feed, publishedAt: new Date(), replacedAt: null };
  const [before] = await tx
    .select({ objectId: desktopFiles.objectId })
    .from(desktopFiles)
    .where(eq(desktopFiles.name, name))
    .for("update");
  if (before) await noteLate(tx, before.objectId);
  await tx
    .insert(desktopFiles)
    .values({ name, ...row })
    .onConflictDoUpdate({ target: desktopFiles.name, set: row });
  await tx.delete(filePuts).where(eq(filePuts.objectId, key));
}

async function noteReplaced(tx: Tx, { name, files }: Release) {
  const names = files.map((file) => file.name);
  const ofFeed = eq(desktopFiles.feed, name);
  await tx
    .update(desktopFiles)
    .set({ replacedAt: new Date() })
    .where(and(ofFeed, notInArray(desktopFiles.name, names), isNull(desktopFiles.replacedAt)));
  await tx
    .update(desktopFiles)
    .set({ replacedAt: null })
    .where(and(ofFeed, inArray(desktopFiles.name, names)));
}

/** Keys whose rows are gone, known to the sweep until their bytes are. */
async function takeReplaced(tx: Tx): Promise<string[]> {
  const rows = await tx
    .delete(desktopFiles)
    .where(lt(desktopFiles.replacedAt, REPLACED_KEPT))
    .returning({ objectId: desktopFiles.objectId });
  const keys = rows.map(({ objectId }) => objectId);
  for (const key of keys) await noteLate(tx, key);
  return keys;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
