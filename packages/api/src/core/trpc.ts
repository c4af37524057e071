import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import type { ActorContext, Context } from "./context.ts";
import { transformer } from "./encoding/transformer.ts";
import {
  accountClosed,
  accountDeactivated,
  GuildhallError,
  internalSentence,
  sessionOnly,
  signInFirst,
  tokenReadOnly,
  tooManySubscriptions,
} from "./errors.ts";
import { sentenceOf } from "./input-sentence.ts";
import type { Reason } from "./reasons.ts";
import { currentRequest, inRequest, newRequest, noteUser, requestIdOf } from "./request-scope.ts";
import { asDatabaseFailure } from "./write.ts";

/** The stable word for an error: ours, or one for each kind that tRPC itself raises. */
export function reasonOf(error: TRPCError): Reason {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e instanceof GuildhallError) return e.reason;
    if (e instanceof ZodError) return "bad_input";
  }
  if (error.code === "INTERNAL_SERVER_ERROR") return "internal";
  return error.code.toLowerCase() as Lowercase<typeof error.code>;
}

/** What is wrong with an input, and where in it. */
type InputIssue = { code?: string; path: PropertyKey[]; message: string };

const t = initTRPC.context<Context>().create({
  transformer,
  errorFormatter({ shape, error, type }) {
    const { stack: _, ...data } = shape.data;
    const zod = error.cause instanceof ZodError ? error.cause : null;
    const reason = reasonOf(error);
    const message = messageOf(error, zod, type === "mutation");
    const requestId = requestIdOf(error);
    const issues: InputIssue[] | null = zod?.issues ?? null;
    return { ...shape, message, data: { ...data, reason, requestId, issues } };
  },
});

/** What people read. What tRPC itself refuses (a procedure that is not there) has no words for them. */
function messageOf(error: TRPCError, zod: ZodError | null, isMutation: boolean): string {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if (e instanceof GuildhallError) return e.message;
  }
  if (zod) return isMutation ? `Nothing was changed. ${sentenceOf(zod)}` : sentenceOf(zod);
  return error.code === "INTERNAL_SERVER_ERROR" ? internalSentence : notUnderstood;
}

const notUnderstood =
  "Nothing was changed: the server didn't understand the request. Reload the page to get its latest version.";

export const router = t.router;

/** Every call is measured, and one on a socket is a request of its own. */
const watched = t.middleware(({ ctx, path, type, next }) => {
  const run = async () => {
    const result = await next();
    if (!result.ok) requestIdOf(result.error);
    return result;
  };
  const call = () => ctx.services.telemetry.procedure({ path, type }, run);
  return currentRequest() ? call() : inRequest(newRequest(), call);
});

/** Failures of the database get their name here, once, for every procedure. */
const named = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error instanceof GuildhallError) return result;
  const failure = asDatabaseFailure(result.error.cause);
  if (failure) throw failure;
  return result;
});

/** A socket may hold so many subscriptions and no more. */
const bounded = t.middleware(({ ctx, type, next }) => {
  const { socket } = ctx;
  if (type === "subscription" && socket && socket.subscriptions.size > socket.maxSubscriptions) {
    throw tooManySubscriptions(socket.maxSubscriptions);
  }
  return next();
});

export const open = t.procedure.use(watched).use(named).use(bounded);

/** A signed-in person, or a tool with a token of theirs; asked on every call. */
export const authed = open.use(async ({ ctx, next }) => {
  const actor = await ctx.findActor();
  if (!actor) {
    // Only whoever holds a session of that account hears of it.
    const why = await ctx.services.sessions.whyGone(ctx.credentials);
    if (why === "closed") throw accountClosed();
    throw why === "deactivated" ? accountDeactivated() : signInFirst();
  }
  noteUser(actor.user.id);
  return next({ ctx: { ...ctx, actor } satisfies ActorContext });
});

/** Only by password: what an access token must not do, such as making more tokens. */
export const personally = authed.use(({ ctx, next }) => {
  if (ctx.actor.credential.kind !== "session") throw sessionOnly();
  return next();
});

export const mutationIdInput = z.object({ mutationId: z.uuid().optional() });

/** Every mutation takes a `mutationId`: the same one twice is applied once and answered alike. */
export const mutation = authed.input(mutationIdInput).use(async (call) => {
  const { ctx, input, path, next } = call;
  if (ctx.actor.scope !== "write") throw tokenReadOnly();
  const queue = ctx.services.writeQueue.workspaceOf(await call.getRawInput());
  return next({ ctx: { ...ctx, mutationId: input.mutationId, path, queue } });
});

export const personalMutation = mutation.use(({ ctx, next }) => {
  if (ctx.actor.credential.kind !== "session") throw sessionOnly();
  return next();
});

export { TRPCError };
