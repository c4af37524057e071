/**
 * The server is killed between what people are told of and the mail about it: while it is written, before
 * it is mailed, and while the mail is on its way. Each of it is in everybody's inbox once and in one mail;
 * a mail comes a second time only where nobody could know that it was taken, and then it is the same.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { GuildhallClient } from "@guildhall/api/client";
import { connect, schema } from "@guildhall/db";
import { startTestSmtp, type TakenMail, type TestSmtp } from "@guildhall/testing/smtp";
import type { Invariant, Violation } from "../oracle/evidence.ts";
import { type Length, patience } from "../patience.ts";
import { createDice, type Dice } from "../people/dice.ts";
import { furnish, type Name, type Places, registerAll } from "../people/places.ts";
import {
  reasonOf,
  type ServerWithPostgres,
  startServerWithPostgres,
  untilAnswered,
} from "../servers/server-with-postgres.ts";
import type { FaultRun } from "./fault-run.ts";
import { undoing } from "./undoing.ts";

const READERS = ["bob", "eve", "ed", "vic", "rem"] as const satisfies Name[];
/** A worker that is gone is missed after half a minute, and what it left is looked for as often. */
const MAILED_MS = 150_000;

type Stage = {
  server: ServerWithPostgres;
  smtp: TestSmtp;
  dice: Dice;
  length: Length;
  ann: GuildhallClient;
  taskId: string;
  /** When the server was ended, each time. */
  kills: number[];
};

export const killedBeforeMail: FaultRun = {
  name: "The server killed between what is told and its mail",
  onlyOnLinux: false,
  run: (seed, length) =>
    undoing(async (undo) => {
      const smtp = await startTestSmtp();
      undo.push(smtp.stop);
      const server = await startServerWithPostgres({
        SMTP_URL: smtp.url,
        MAIL_AFTER_MINUTES: "0",
      });
      undo.push(server.remove);
      const person = await registerAll(server.url, smtp);
      const places = await furnish(server, person);
      await confirmAll(server);
      const ann = server.client(person("ann").token);
      const { id: taskId } = await ann.tasks.create.mutate({
        projectId: places.open,
        title: "Told",
        mutationId: randomUUID(),
      });
      const dice = createDice(seed);
      const stage = { server, smtp, dice, length, ann, taskId, kills: [] };
      const words: string[] = [];
      for (let round = 1; round <= (length === "long" ? 2 : 1); round++) {
        words.push(...(await killBetween(stage, round)));
      }
      const violations: Violation[] = [];
      const demand = (holds: boolean, what: string, invariant: Invariant) => {
        if (!holds) violations.push({ invariant, client: null, what, journal: [] });
      };
      const isMailed = await allMailed(stage);
      demand(isMailed, `something still waits for its mail after ${MAILED_MS} ms`, "service");
      judgeMails(stage, words, demand);
      for (const name of READERS) {
        await judgeInbox(server.client(person(name).token), { words, name, places }, demand);
      }
      return violations;
    }),
};

async function confirmAll({ postgres }: ServerWithPostgres) {
  const { db, close } = connect(postgres.url, { pool: 1 });
  await db.update(schema.users).set({ emailVerifiedAt: new Date() });
  await close();
}

/** Returns a word for each thing that was told. */
async function killBetween(stage: Stage, round: number): Promise<string[]> {
  const { server, smtp, dice, ann, taskId } = stage;
  smtp.mode = dice.pick(["takes", "takes", "cut_after_data", "busy"] as const) ?? "takes";
  smtp.slowMs = dice.roll(300);
  const words = Array.from({ length: 1 + dice.roll(3) }, (_, n) => `word${round}x${n}.`);
  const told = words.map((word) => {
    const mutationId = randomUUID();
    const body = `[@everyone](guildhall:everyone) ${word}`;
    return untilAnswered(
      () => ann.comments.create.mutate({ taskId, body, mutationId }),
      (error) => reasonOf(error) !== null,
    );
  });
  await delay(dice.roll(200));
  await kill(stage);
  await server.start();
  await Promise.all(told);
  // The job has begun: before, in the middle of and after the mail.
  await Promise.race([smtp.connected(), delay(patience(60_000, stage.length))]);
  await delay(dice.roll(smtp.slowMs + 150));
  await kill(stage);
  smtp.mode = "takes";
  smtp.slowMs = 0;
  await server.start();
  return words;
}

async function kill({ server, kills }: Stage) {
  await server.kill();
  kills.push(Date.now());
}

async function allMailed({ server, length }: Stage): Promise<boolean> {
  const { notificationMails, notifications } = schema;
  const { db, close } = connect(server.postgres.url, { pool: 1 });
  const until = Date.now() + patience(MAILED_MS, length);
  const waiting = async () => {
    const told = await db.select({ waits: notifications.mailWaits }).from(notifications);
    const mails = await db.select({ state: notificationMails.state }).from(notificationMails);
    return (
      told.filter(({ waits }) => waits).length +
      mails.filter(({ state }) => state === "waiting").length
    );
  };
  let left = await waiting();
  while (left > 0 && Date.now() < until) {
    await delay(200);
    left = await waiting();
  }
  await close();
  return left === 0;
}

type Demand = (holds: boolean, what: string, invariant: Invariant) => void;

function judgeMails({ smtp, kills }: Stage, words: string[], demand: Demand) {
  for (const name of READERS) {
    const mails = smtp.to(`${name}@example.org`);
    const byId = Map.groupBy(mails, ({ messageId }) => messageId);
    for (const word of words) {
      const told = [...byId.values()].filter(([mail]) => mail?.text?.includes(word));
      demand(told.length > 0, `${name} got no mail of ${word}`, "I1");
      demand(told.length < 2, `${name} got ${told.length} mails of ${word}`, "I2");
    }
    for (const copies of byId.values()) {
      copies.slice(1).forEach((again, i) => {
        const before = copies[i];
        const isDoubtful = before?.isCut || kills.some((at) => isBetween(at, before, again));
        demand(isDoubtful === true, `${name} got a mail again, though it was taken`, "I2");
        demand(again.text === before?.text, `${name} got a mail again, with other words`, "I2");
      });
    }
  }
}

const isBetween = (at: number, before: TakenMail | undefined, again: TakenMail) =>
  before !== undefined && at >= before.begunAt && at <= again.begunAt;

type Reading = { words: string[]; name: Name; places: Places };

async function judgeInbox(client: GuildhallClient, reading: Reading, demand: Demand) {
  const { words, name, places } = reading;
  const { items } = await client.notifications.list.query({
    workspaceId: places.workspaceId,
    limit: 200,
  });
  for (const word of words) {
    const told = items.filter(({ excerpt }) => excerpt?.includes(word)).length;
    demand(told === 1, `${name} has ${told} notifications of ${word}`, told < 1 ? "I1" : "I2");
  }
}
