/**
 * The typed client, for the pages and for tools.
 *
 * ```ts
 * const guildhall = createClient({ url: "http://127.0.0.1:8001", token });
 * const { items } = await guildhall.tasks.list.query({ projectId });
 * ```
 */
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  isNonJsonSerializable,
  retryLink,
  splitLink,
  type TRPCClient,
  wsLink,
} from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import superjson from "superjson";
import { eachOnce } from "./changes/each-once.ts";
import { createSocket, WAITS } from "./client-socket.ts";
import { msgpackEncoder } from "./core/encoding/msgpack-encoder.ts";
import { EXPECTED_USER_HEADER, EXPECTED_USER_PARAM } from "./core/expected-user.ts";
import { retryDelay } from "./core/retry-delay.ts";
import { noteOutdated } from "./live/note-outdated.ts";
import { PROTOCOL_VERSION } from "./live/protocol.ts";
import type { AppRouter } from "./router.ts";

export {
  inviterRoles,
  type Priority,
  priorities,
  type Role,
  roles,
  type StatusCategory,
  statusCategories,
  visibilities,
  type WorkspaceRole,
  workspaceRoles,
} from "@guildhall/db/lists";
export { type ActivityChange, type ActivityWords, sentencesFor } from "./activity/sentences.ts";
export {
  type AuditActionName,
  auditActionNames,
  auditActions,
} from "./audit/actions.ts";
export type { AuditAction, AuditSubject } from "./audit/audit-action.ts";
export type { Change, ChangeOf, Entity, Op } from "./core/feed/change.ts";
export type { Reason } from "./core/reasons.ts";
export { retryDelay, type Waits } from "./core/retry-delay.ts";
export { type FileKind, fileKinds, kindOf } from "./files/file-kind.ts";
export { shownName } from "./files/shown-name.ts";
export { type PartsOf, sendInParts } from "./files/upload/send-in-parts.ts";
export type { FeedEvent, PersonHere, Place, PresenceEvent } from "./live/protocol.ts";
export { kinds as notificationKinds } from "./notifications/kinds.ts";
export { type ProviderProblem, providerProblems } from "./oidc/problems.ts";
export type { AppRouter } from "./router.ts";
export * from "./tasks/properties.ts";
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

export type ClientOptions = {
  /** Where the server is, as in `http://127.0.0.1:8001`. */
  url: string;
  /** A session's or an access token. Without one, a page's cookie speaks. */
  token?: string;
  /**
   * The person whose edits these are, by id. A call is refused as `signed_out` when the cookie has
   * become somebody else's meanwhile. Tools with a token need not say it.
   */
  expectedUser?: () => string | undefined;
  /**
   * How the socket brings what happens: as JSON text, or smaller, in msgpack. Dates and binary
   * arrive as such in either. JSON unless said.
   */
  encoding?: "json" | "msgpack";
  /**
   * How long to wait for an answer, in ms; a minute unless said. A mutation may then have been
   * applied or not: sent again with the same `mutationId`, it is applied once.
   */
  deadlineMs?: number;
  /** Told when the server brings what happens in another form than this client was written for. */
  onOutdated?: () => void;
  /** Told when the socket opens and closes. */
  onSocket?: (state: "open" | "closed") => void;
};

export interface GuildhallClient extends TRPCClient<AppRouter> {
  /** Closes the socket, so that a script can end. */
  close(): Promise<void>;
}

/** The links alone, for callers that make their own client (the page's React Query). */
export function createLinks(options: ClientOptions) {
  const { url, token, expectedUser, encoding, onSocket, onOutdated, deadlineMs = 60_000 } = options;
  const trpc = `${url.replace(/\/$/, "")}/trpc`;
  const headers = () => {
    const person = expectedUser?.();
    return {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(person && { [EXPECTED_USER_HEADER]: person }),
    };
  };
  const socket = createSocket({
    url: `${trpc.replace(/^http/, "ws")}${encoding === "msgpack" ? "?encoding=msgpack" : ""}`,
    ...(encoding === "msgpack" && { experimental_encoder: msgpackEncoder }),
    connectionParams: () => ({
      token,
      [EXPECTED_USER_PARAM]: expectedUser?.(),
      protocolVersion: String(PROTOCOL_VERSION),
    }),
    lazy: { enabled: true, closeMs: 10_000 },
    onOpen: () => onSocket?.("open"),
    onClose: () => onSocket?.("closed"),
  });
  const http = { url: trpc, transformer: superjson, headers } as const;
  // A connection that hangs, as on a train, says nothing for minutes; whoever waits for it should know.
  const inTime: typeof fetch = (input, init) => {
    const late = AbortSignal.timeout(deadlineMs);
    return fetch(input, {
      ...init,
      signal: init?.signal ? AbortSignal.any([init.signal, late]) : late,
    });
  };
  const link = splitLink<AppRouter>({
    condition: (op) => op.type === "subscription",
    true: [
      eachOnce,
      noteOutdated(onOutdated),
      // The server is there, but what it needs is not: asked again, from where it had come to.
      retryLink({
        retry: ({ error, op }) =>
          op.type === "subscription" && (error.data?.httpStatus ?? 0) >= 500,
        retryDelayMs: (attempt) => retryDelay(attempt - 1, WAITS),
      }),
      wsLink({ client: socket.client, transformer: superjson }),
    ],
    false: splitLink({
      condition: (op) => isNonJsonSerializable(op.input),
      // A file takes as long as it takes.
      true: httpLink(http),
      false: httpBatchLink({ ...http, fetch: inTime, maxItems: 20, maxURLLength: 2_000 }),
    }),
  });
  return { link, wake: socket.wake, close: socket.close };
}

/** A client of everything the server can do; subscriptions go over one WebSocket. */
export function createClient(options: ClientOptions): GuildhallClient {
  const { link, close } = createLinks(options);
  const client = createTRPCClient<AppRouter>({ links: [link] });
  return new Proxy(client as GuildhallClient, {
    get: (target, name) => (name === "close" ? close : Reflect.get(target, name)),
  });
}
