/**
 * People who type into one document while a fault is brought upon them: what any of them was shown
 * as saved is in it, each word once, and all of them have the same text in the end.
 */
import { setTimeout as delay } from "node:timers/promises";
import { startTestingProxy, type TestingProxy } from "@guildhall/testing/proxy";
import { startTestRedis } from "@guildhall/testing/redis";
import * as Y from "yjs";
import type { Violation } from "../oracle/evidence.ts";
import { type Length, patience } from "../patience.ts";
import { createDice, type Dice } from "../people/dice.ts";
import { Typist, textOf } from "../people/typist.ts";
import {
  found,
  type ServerWithPostgres,
  startServerWithPostgres,
} from "../servers/server-with-postgres.ts";
import type { FaultRun } from "./fault-run.ts";
import { undoing } from "./undoing.ts";

const CONVERGED_MS = 40_000;

type Stage = { server: ServerWithPostgres; proxies: TestingProxy[]; dice: Dice; length: Length };

type Setting = {
  name: string;
  editors: number;
  everyMs: number;
  /** Each editor has a network of its own, that the fault may break. */
  withNetwork?: boolean;
  /** Two workers, and Redis between them. */
  withWorkers?: boolean;
  fault: (stage: Stage) => Promise<void>;
};

const typingRun = (setting: Setting): FaultRun => ({
  name: setting.name,
  onlyOnLinux: setting.withWorkers ?? false,
  run: (seed, length) => play(setting, seed, length),
});

function play(setting: Setting, seed: number, length: Length): Promise<Violation[]> {
  return undoing(async (undo) => {
    const dice = createDice(seed);
    const redis = setting.withWorkers ? await startTestRedis() : null;
    if (redis) undo.push(redis.stop);
    const server = await startServerWithPostgres({
      WS_MAX_CONNECTIONS_PER_USER: "1000",
      ...(redis && { REDIS_URL: redis.url, WORKERS: "2" }),
    });
    undo.push(server.remove);
    const token = await server.register("typist");
    const documentId = await openDocument(server, token);
    const typists: Typist[] = [];
    const proxies: TestingProxy[] = [];
    for (let i = 0; i < setting.editors; i++) {
      const own = dice.fork();
      let { url } = server;
      if (setting.withNetwork) {
        const proxy = await startTestingProxy(server.port, () => own.roll(1_000) / 1_000);
        undo.push(proxy.stop);
        proxies.push(proxy);
        ({ url } = proxy);
      }
      const typist = new Typist({ name: nameOf(i), url, token, documentId, dice: own });
      undo.push(() => typist.close());
      typists.push(typist);
    }
    const typing = typists.map((typist) => typist.type(setting.everyMs));
    await setting.fault({ server, proxies, dice, length });
    for (const typist of typists) typist.stop();
    await Promise.all(typing);
    return await judge(typists, await readAfresh(server, token, documentId), length);
  });
}

/** Letters only: a name that begins another would be found in it. */
const nameOf = (i: number) => `${String.fromCharCode(97 + i)}x`;

async function openDocument(server: ServerWithPostgres, token: string) {
  const client = server.client(token);
  const [workspace] = await client.workspaces.list.query();
  const workspaceId =
    workspace?.id ?? (await client.workspaces.create.mutate({ name: "Typing" })).id;
  return (await client.documents.create.mutate({ workspaceId, title: "Typed" })).id;
}

/** What somebody reads who opens it now. */
async function readAfresh(server: ServerWithPostgres, token: string, documentId: string) {
  const doc = new Y.Doc();
  const done = Promise.withResolvers<void>();
  const following = server.client(token).documents.onUpdate.subscribe(
    { documentId },
    {
      onData: ({ data }) => {
        if (data.kind === "live") done.resolve();
        if (data.kind !== "updates") return;
        for (const { update } of data.updates) Y.applyUpdate(doc, Buffer.from(update, "base64"));
      },
      onError: done.reject,
    },
  );
  await done.promise;
  following.unsubscribe();
  return textOf(doc);
}

async function judge(typists: Typist[], text: string, length: Length): Promise<Violation[]> {
  const violations: Violation[] = [];
  const say = (invariant: Violation["invariant"], what: string) =>
    violations.push({ invariant, client: null, what, journal: [] });
  const times = new Map<string, number>();
  for (const word of text.split(/[^a-z0-9]+/)) times.set(word, (times.get(word) ?? 0) + 1);
  const saved = typists.flatMap(({ acknowledged }) => acknowledged);
  if (saved.length === 0) say("service", "Nobody could write anything.");
  for (const word of saved) {
    const found = times.get(word) ?? 0;
    if (found === 0) say("I1", `“${word}” was shown as saved and is not there.`);
    if (found > 1) say("I2", `“${word}” is there ${found} times.`);
  }
  const seqs = typists.flatMap((typist) => typist.seqs);
  if (new Set(seqs).size !== seqs.length) say("I2", "Two pushes were given the same number.");
  for (const { refusals } of typists) for (const what of refusals) say("answers", what);
  const until = Date.now() + patience(CONVERGED_MS, length);
  while (typists.some((typist) => typist.text() !== text) && Date.now() < until) await delay(20);
  const apart = typists.filter((typist) => typist.text() !== text).length;
  if (apart > 0) say("I4", `${apart} of ${typists.length} editors have another text.`);
  return violations;
}

export const killedUnderEditors = typingRun({
  name: "The server killed while twenty people type into one document",
  editors: 20,
  everyMs: 60,
  async fault({ server, dice, length }) {
    for (let round = 1; round <= (length === "long" ? 5 : 1); round++) {
      await delay(800 + dice.roll(1_200));
      await server.kill();
      await delay(dice.roll(600));
      await server.start();
    }
    await delay(300);
  },
});

export const twoWorkersUnderEditors = typingRun({
  name: "Workers killed, and Postgres stopped at once, while twenty people type into one document",
  editors: 20,
  everyMs: 60,
  withWorkers: true,
  async fault({ server, dice, length }) {
    for (let round = 1; round <= (length === "long" ? 4 : 1); round++) {
      await delay(500 + dice.roll(800));
      const victim = dice.pick(server.workers());
      if (victim !== undefined) process.kill(victim, "SIGKILL");
      await delay(500 + dice.roll(800));
      await server.postgres.stop("immediate");
      await delay(200 + dice.roll(800));
      await server.postgres.start();
    }
    await delay(500);
  },
});

export const jitteryEditors = typingRun({
  name: "Two people type into one document on a network that jitters and is cut twice",
  editors: 2,
  everyMs: 40,
  withNetwork: true,
  async fault({ proxies, dice, length }) {
    const seconds = length === "long" ? 5 : 1;
    for (const proxy of proxies) proxy.misbehave({ jitter: 200 });
    for (let round = 1; round <= 2; round++) {
      await delay(seconds * 600);
      const cut = found(dice.pick(proxies));
      cut.refuse(true);
      cut.cut();
      await delay(seconds * 1_000);
      cut.refuse(false);
    }
    await delay(seconds * 600);
    for (const proxy of proxies) proxy.misbehave({});
  },
});
