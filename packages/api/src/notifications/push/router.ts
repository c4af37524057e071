import { ECDH } from "node:crypto";
import { z } from "zod";
import { personally, personalMutation, router } from "../../core/trpc.ts";
import { subscribe, unsubscribe } from "./subscriptions.ts";
import { vapidOf } from "./vapid.ts";

const endpoint = z.url().max(2_048);

/** Bytes in base64url, as browsers give them. */
const bytes = (length: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .refine((text) => Buffer.from(text, "base64url").length === length, "That is no such key.");

/** Nothing could be encrypted for what is no point of the curve, however long it is. */
const publicKey = bytes(65).refine(isPublicKey, "That is no such key.");

function isPublicKey(text: string): boolean {
  try {
    return Boolean(ECDH.convertKey(text, "prime256v1", "base64url"));
  } catch {
    return false;
  }
}

/** The browsers on which one is told (Web Push). */
export const pushesRouter = router({
  /** What a browser needs to subscribe here: this server's public key, in base64url. */
  key: personally.query(({ ctx }) => ({ key: vapidOf(ctx.services.config).publicKey })),
  /** Tell me on this browser, until this session ends. */
  subscribe: personalMutation
    .input(z.object({ endpoint, p256dh: publicKey, auth: bytes(16) }))
    .mutation(({ ctx, input: { endpoint, p256dh, auth } }) =>
      subscribe(ctx, { endpoint, p256dh, auth }),
    ),
  unsubscribe: personalMutation
    .input(z.object({ endpoint }))
    .mutation(({ ctx, input }) => unsubscribe(ctx, input)),
});
