/** Searches what is stored on this device, away from the page that draws. */
import { openDatabase } from "../store/database.ts";
import type { Asked, Counted, Found, Question, Reply } from "./messages.ts";
import { showFound } from "./show-found.ts";
import { openStoredIndex } from "./stored-index.ts";
import type { Facts } from "./word-index.ts";

const MOST = 200;

let opened: Promise<{ db: IDBDatabase; index: ReturnType<typeof openStoredIndex> }> | null = null;

async function open(account: string) {
  const db = await openDatabase(account);
  return { db, index: openStoredIndex(db, account) };
}

function fitting({ workspaceId, kinds, projectId, personId, states, from, to }: Asked) {
  const isIn = (state: Facts["state"]) =>
    // Whether it was completed or cancelled is not known without the project's statuses.
    states?.some((each) => (each === "cancelled" ? "completed" : each) === state) ?? true;
  return (facts: Facts) =>
    facts.workspaceId === workspaceId &&
    (kinds?.includes(facts.kind) ?? true) &&
    (!projectId || facts.projectId === projectId) &&
    (!personId || facts.personIds.includes(personId)) &&
    isIn(facts.state) &&
    (!from || facts.updatedAt >= from.getTime()) &&
    (!to || facts.updatedAt < to.getTime());
}

async function find(asked: Asked, kinds: Asked["kinds"]): Promise<Facts[]> {
  const { index } = await needed();
  await index.update();
  return (await index.latest()).find(asked.text ?? "", fitting({ ...asked, kinds }));
}

async function needed() {
  if (!opened) throw new Error("The worker was not told whose it is.");
  return await opened;
}

async function answer(question: Exclude<Question, { kind: "open" }>) {
  if (question.kind === "update") return await (await needed()).index.update();
  const { asked } = question;
  if (question.kind === "count") {
    const found = await find(asked, undefined);
    const counted: Record<string, number> = { task: 0, document: 0, comment: 0, file: 0 };
    for (const { kind } of found) counted[kind] = (counted[kind] ?? 0) + 1;
    return counted as Counted;
  }
  const found = await find(asked, asked.kinds);
  const most = asked.cursor ? 0 : Math.min(MOST, found.length);
  const items = await showFound((await needed()).db, found.slice(0, most), asked.text ?? "");
  return { items, nextCursor: null, waiting: 0 } satisfies Found;
}

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  if (data.kind === "open") {
    opened = open(data.account);
    return;
  }
  let reply: Reply;
  try {
    reply = { n: data.n, result: await answer(data) };
  } catch (error) {
    reply = { n: data.n, problem: String(error) };
  }
  self.postMessage(reply);
};
