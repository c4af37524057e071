/**
 * What a client brings back later, so that the server need not remember it: sealed, for one purpose, good
 * for some minutes. What must work only once is noted when it is used, for as long as it would have been
 * good; so whoever asks for tickets writes nothing.
 */
import { schema, type Tx } from "@guildhall/db";
import { z } from "zod";
import { hashSecret, seal, unseal } from "../core/secrets.ts";

const { usedOnce } = schema;

type Purpose<T> = { name: string; minutes: number; holds: z.ZodType<T> };
export type Ticket<T> = { value: T; id: string; until: Date };

export function makeTicket<T>(key: string, purpose: Purpose<T>, value: T): string {
  const until = Date.now() + purpose.minutes * 60_000;
  return seal(key, purpose.name, JSON.stringify({ value, until }));
}

/** Null when it is none of this server's for this purpose, or too old. */
export function readTicket<T>(key: string, purpose: Purpose<T>, text: string): Ticket<T> | null {
  const opened = unseal(key, purpose.name, text);
  if (opened === null) return null;
  const { value, until } = z
    .object({ value: purpose.holds, until: z.number() })
    .parse(JSON.parse(opened));
  if (until <= Date.now()) return null;
  // base64url of the same bytes can be written in several ways, what was opened in one.
  return { value, id: hashSecret(opened), until: new Date(until) };
}

/** False when it was used before, also by somebody else at this moment. */
export async function useTicket(tx: Tx, { id, until }: Ticket<unknown>): Promise<boolean> {
  const noted = await tx
    .insert(usedOnce)
    .values({ id, expiresAt: until })
    .onConflictDoNothing()
    .returning({ id: usedOnce.id });
  return noted.length > 0;
}
