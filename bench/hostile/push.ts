/** Pushes updates for a while, one after the other, and says how long each took or how it was answered. */
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@guildhall/api/client";
import { uuidv7 } from "uuidv7";

export type Place = { url: string; documentId: string };
export type Pushing = { update: string; everyMs: number; seconds: number };

export async function push({ url, documentId }: Place, token: string, how: Pushing) {
  const { update, everyMs, seconds } = how;
  const until = performance.now() + seconds * 1_000;
  const client = createClient({ url, token });
  const took: number[] = [];
  const answers = new Map<string, number>();
  while (performance.now() < until) {
    const began = performance.now();
    try {
      await client.documents.push.mutate({ documentId, id: uuidv7(), update });
      took.push(performance.now() - began);
    } catch (error) {
      const { data } = error as { data?: { reason?: string } };
      const reason = data?.reason ?? "no answer";
      answers.set(reason, (answers.get(reason) ?? 0) + 1);
    }
    await delay(everyMs);
  }
  await client.close();
  return { took, answers };
}
