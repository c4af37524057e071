/**
 * Files over plain HTTP, as browsers and tools send and fetch them:
 *
 *   PUT /files/<id>?taskId=…&name=…[&sha256=…]   the body is the file; the id is its sender's
 *   PUT /files/<id>?replaces=…&name=…            the same, as the newest version of that file
 *   PUT /files/<id>?forImport=…&name=…           not as a file, but to be imported in that workspace
 *   PUT /files/<id>/parts/<n>[?sha256=…]         a part, between `files.begin` and `files.finish`
 *   GET /files/<id>[/<name>][?download]          all of it, or a range
 *   GET /files/<id>?version=<n>                  as it was
 *   GET /files/<id>?thumbnail                    its picture, small
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { ZodError } from "zod";
import type { ActorContext, Context } from "../core/context.ts";
import { GuildhallError, notFound, refused, signInFirst, tokenReadOnly } from "../core/errors.ts";
import { sentenceOf } from "../core/input-sentence.ts";
import { noteUser } from "../core/request-scope.ts";
import { asDatabaseFailure } from "../core/write.ts";
import { sendFile } from "./send-file.ts";
import { arrived, bodyOf, bodyOfRequest, receiveFile } from "./upload/receive-file.ts";
import { receivePart } from "./upload/upload-in-parts.ts";

const PART = /^\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/parts\/(\d{1,5})$/;
const ADDRESS = /^\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/[^/]*)?$/;

const readOrSend = () =>
  refused("method_not_supported", "Read a file with GET and upload it with PUT.");

export async function answerFile(
  ctx: Context,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { pathname, searchParams: query } = new URL(req.url ?? "/", "http://here");
  const [, id, n] = (req.method === "PUT" && PART.exec(pathname)) || ADDRESS.exec(pathname) || [];
  if (!id) throw notFound("file");
  if (req.method === "GET" || req.method === "HEAD") return sendFile(ctx, { req, res, id, query });
  if (req.method !== "PUT") throw readOrSend();
  const actor = await ctx.findActor();
  if (!actor) throw signInFirst();
  noteUser(actor.user.id);
  if (actor.scope !== "write") throw tokenReadOnly();
  const asActor = { ...ctx, actor };
  const row = n
    ? await receivePartOf(asActor, req, { id, n: Number(n), sha256: query.get("sha256") })
    : await receiveFile(asActor, { ...Object.fromEntries(query), id }, bodyOfRequest(req));
  res.writeHead(201, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(JSON.stringify(row));
}

type AskedPart = { id: string; n: number; sha256: string | null };

const receivePartOf = (ctx: ActorContext, req: IncomingMessage, { id, n, sha256 }: AskedPart) =>
  arrived(req, receivePart(ctx, { id, n, content: bodyOf(req), ...(sha256 && { sha256 }) }));

/** What to tell of a failure, in the words of tRPC's answers; null when it is one of ours. */
export function refusalOf(error: unknown) {
  const refusal =
    error instanceof ZodError
      ? refused("bad_input", `Nothing was uploaded. ${sentenceOf(error)}`)
      : error instanceof GuildhallError
        ? error
        : asDatabaseFailure(error);
  if (!refusal) return null;
  return { reason: refusal.reason, message: refusal.message };
}
