import type { ServerResponse } from "node:http";
import { codes, currentRequest, type RefusalReason, statusOf } from "@guildhall/api/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";

/** What is refused before tRPC sees it, in the words clients already read from tRPC. */
export type Refusal = {
  reason: RefusalReason;
  message: string;
  /** Seconds after which it may be tried again. */
  retryAfter?: number;
};

export const refusals = {
  origin: {
    reason: "origin_not_allowed",
    message:
      "Nothing was changed: this page isn't allowed to use this server. Its address is missing from PUBLIC_URL or ALLOWED_ORIGINS.",
  },
  tooLarge: {
    reason: "payload_too_large",
    message: "Nothing was changed: the request is larger than this server accepts.",
  },
  batch: {
    reason: "batch_too_large",
    message: "Nothing was changed: a batch can have at most 20 calls.",
  },
  notFound: {
    reason: "not_found",
    message: "There's nothing at this address.",
  },
  method: {
    reason: "method_not_supported",
    message: "Use GET for this address.",
  },
  badAddress: {
    reason: "bad_address",
    message: "The address of this request is invalid.",
  },
  /** As the procedures say it, of what is too long to be a stranger's. */
  signedOut: {
    reason: "signed_out",
    message: "You are not signed in, or no longer. Sign in.",
  },
  /** As `documents.push` says it of what it has seen. */
  tooOften: {
    reason: "too_often",
    message:
      "Nothing was saved: you send more than this server takes from one person. Wait a moment and send it again.",
    retryAfter: 10,
  },
  busy: {
    reason: "busy_server",
    message: "Nothing was changed: the server is too busy. Try again in a few seconds.",
    retryAfter: 2,
  },
  internal: {
    reason: "internal",
    message:
      "Nothing was changed: something went wrong on the server. Try again; if it keeps happening, tell your administrator.",
  },
} as const satisfies Record<string, Refusal>;

export function refuse(res: ServerResponse, refusal: Refusal): void {
  const { reason, message, retryAfter } = refusal;
  const [code, status] = [codes[reason], statusOf(reason)];
  const requestId = currentRequest()?.id;
  const data = { code, httpStatus: status, reason, requestId, issues: null };
  const error = { json: { message, code: TRPC_ERROR_CODES_BY_KEY[code], data } };
  // The rest of a body that was refused is not read: the connection cannot be used again.
  if (status === 413) res.setHeader("connection", "close");
  if (retryAfter) res.setHeader("retry-after", retryAfter);
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(JSON.stringify({ error }));
}
