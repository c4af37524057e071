/** Two workers on one Postgres and one Redis, and people in one document through both. */

import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { attend, base64, openDocument, textOf, typed } from "@guildhall/testing/editor";
import { startTestRedis, type TestRedis } from "@guildhall/testing/redis";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { startWorker, type TestWorker } from "../../../testing/workers.ts";
import { createRedisBus, type RedisBus } from "../../core/bus/redis-bus.ts";

let api: TestApi;
let redis: TestRedis;
let team: Team;
let one: TestWorker;
let two: TestWorker;
let buses: RedisBus[];

beforeAll(async () => {
  [api, redis] = await Promise.all([startTestApi(), startTestRedis()]);
  team = await makeTeam(api);
  buses = await Promise.all([openBus(), openBus()]);
  [one, two] = buses.map((bus) => startWorker(api, bus)) as [TestWorker, TestWorker];
});
afterAll(async () => {
  for (const worker of [one, two]) await worker.stop();
  await Promise.all(buses.map((bus) => bus.stop()));
  await Promise.all([api.stop(), redis.stop()]);
});

async function openBus() {
  const bus = createRedisBus({
    urls: [redis.url],
    prefix: "test",
    maxConnections: 2,
    socketTimeoutSeconds: 1,
    retryOnTimeout: true,
    log: { info() {}, warn() {} },
  });
  expect(await bus.within(120_000)).toBe(true);
  return bus;
}

const hello = typed(new Y.Doc(), "Hello");
const soon = { interval: 10 };
const newDocument = async () =>
  (await team.editor.call.documents.create({ workspaceId: team.workspaceId })).id;

test("what is written through one worker reaches who follows through another, in either state of Redis", async () => {
  const { editor, owner } = team;
  const documentId = await newDocument();
  const [here, there] = await Promise.all([
    openDocument(one, editor, documentId),
    openDocument(two, owner, documentId),
  ]);
  await expect.poll(() => here.isLive() && there.isLive(), soon).toBe(true);
  const length = (doc: typeof here.doc) => doc.getXmlFragment("default").length;
  for (let i = 0; i < 10; i++) await Promise.all([here.type(`a${i}`), there.type(`b${i}`)]);
  await expect.poll(() => [length(here.doc), length(there.doc)], soon).toEqual([20, 20]);
  await redis.kill();
  await here.type("while Redis is away");
  await expect.poll(() => length(there.doc), soon).toBe(21);
  await redis.start();
  await expect.poll(() => buses.map((bus) => bus.state), soon).toEqual(["up", "up"]);
  await there.type("and back");
  await expect.poll(() => length(here.doc), soon).toBe(22);
  expect(textOf(here.doc)).toBe(textOf(there.doc));
  for (const each of [here, there]) each.close();
});

test("people and their selections are seen on every worker, under their own names, until they go", async () => {
  const { editor, viewer, stranger } = team;
  const documentId = await newDocument();
  const eli = await attend(one, editor, documentId, 1);
  const vera = await attend(two, viewer, documentId, 2);
  await expect.poll(eli.seen, soon).toEqual(["Eli: null", "Vera: null"]);
  await vera.point("here");
  // Not theirs: it moves nobody.
  await two.as(viewer).documents.sendAwareness({ documentId, clientId: 1, cursor: "forged" });
  await eli.point("there");
  const both = ["Eli: there", "Vera: here"];
  await expect.poll(eli.seen, soon).toEqual(both);
  await expect.poll(vera.seen, soon).toEqual(both);
  const stolen = two.as(stranger).documents.sendAwareness({ documentId, clientId: 3, cursor: "" });
  await expect(stolen).rejects.toMatchObject({ reason: "not_found" });
  vera.close();
  await expect.poll(eli.seen, soon).toEqual(["Eli: there"]);
  eli.close();
});

test("a worker that is not heard of any more is forgotten with its people", async () => {
  const { editor, owner, viewer } = team;
  const documentId = await newDocument();
  const third = await openBus();
  const worker = startWorker(api, third);
  const eli = await attend(one, editor, documentId, 1);
  await attend(worker, viewer, documentId, 2);
  await expect.poll(eli.seen, soon).toEqual(["Eli: null", "Vera: null"]);
  await third.stop();
  await expect.poll(eli.seen, soon).toEqual(["Eli: null"]);
  await worker.stop();
  const olga = await attend(two, owner, documentId, 3);
  await expect.poll(olga.seen, soon).toEqual(["Eli: null", "Olga: null"]);
  eli.close();
  olga.close();
});

test("who may not see the document any more is gone from it", async () => {
  const { editor, owner, join, workspaceId } = team;
  const guest = await api.person("Gast");
  await join(guest.user.id, "editor");
  const documentId = await newDocument();
  const eli = await attend(one, editor, documentId, 1);
  const gast = await attend(two, guest, documentId, 2);
  await expect.poll(eli.seen, soon).toEqual(["Eli: null", "Gast: null"]);
  await one.as(owner).members.remove({ workspaceId, userId: guest.user.id });
  expect(await gast.ended).toBe("not_found");
  await expect.poll(eli.seen, soon).toEqual(["Eli: null"]);
  eli.close();
});

test("whose right ends on one worker has no stream left on another, and whose right is lowered writes no more", async () => {
  const { owner, join, workspaceId } = team;
  const documents = one.as(owner).documents;
  const newGuest = async () => {
    const guest = await api.person("Gast");
    await join(guest.user.id, "editor");
    return guest;
  };
  const { id: parentId } = await documents.create({ workspaceId, kind: "folder" });
  const { id: documentId } = await documents.create({ workspaceId, parentId });
  /** Somebody has it open on the other worker; returns how the stream ended, and what became of an edit after that. */
  const closedBy = async (end: (userId: string) => Promise<unknown>) => {
    const guest = await newGuest();
    const open = await openDocument(two, guest, documentId);
    await expect.poll(open.isLive, soon).toBe(true);
    await end(guest.user.id);
    const reason = await open.ended;
    const refused = await open.type("too late").catch((error) => error.reason);
    return { reason, refused };
  };
  const lowered = await newGuest();
  const reading = await openDocument(two, lowered, documentId);
  await reading.type("as an editor");
  const viewer = { id: parentId, userId: lowered.user.id, role: "viewer" } as const;
  await documents.setMember(viewer);
  await expect(reading.type("as a viewer")).rejects.toMatchObject({ reason: "role_too_low" });
  await one.as(owner).documents.push({ documentId, id: uuidv7(), update: base64(hello) });
  await expect.poll(() => textOf(reading.doc), soon).toContain("Hello");

  const removed = await closedBy((userId) => one.as(owner).members.remove({ workspaceId, userId }));
  const hidden = await closedBy(() =>
    documents.setVisibility({ id: parentId, visibility: "private" }),
  );
  await documents.setVisibility({ id: parentId, visibility: "inherited" });
  const binned = await closedBy(() => documents.delete({ id: parentId }));
  expect(await reading.ended).toBe("not_found");
  for (const { reason, refused } of [removed, hidden, binned]) {
    expect([reason, refused]).toEqual(["not_found", "not_found"]);
  }
});
