/**
 * All that is somebody's own as a zip, as a browser saves it, made while it is sent:
 *
 *   GET /files/exports/account
 *
 * For who has just confirmed that it is them (`auth.confirm`), one at a time.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { recordAudit } from "../../audit/record-audit.ts";
import { requireConfirmed } from "../../auth/confirmation.ts";
import type { Context } from "../../core/context.ts";
import { notFound, sessionOnly, signInFirst } from "../../core/errors.ts";
import { sendStream } from "../../core/outgoing/send-stream.ts";
import { noteUser } from "../../core/request-scope.ts";
import { streamZip } from "../../document-exports/stream-zip.ts";
import { contentDisposition } from "../../files/file-name.ts";
import { withTurn } from "../turn.ts";
import { ownEntries } from "./entries.ts";

export const OWN_EXPORT = "/files/exports/account";

export async function answerOwnExport(ctx: Context, req: IncomingMessage, res: ServerResponse) {
  const { pathname } = new URL(req.url ?? "/", "http://here");
  if (pathname !== OWN_EXPORT || req.method !== "GET") throw notFound("export");
  const actor = await ctx.findActor();
  if (!actor) throw signInFirst();
  noteUser(actor.user.id);
  if (actor.credential.kind !== "session") throw sessionOnly();
  const { services, client } = ctx;
  const asActor = { ...ctx, actor };
  await requireConfirmed(asActor);
  await withTurn(services, `own export ${actor.user.id}`, async () => {
    await recordAudit(
      services.db,
      { actor, client },
      {
        ...{ action: "account.exported", subject: actor.user },
      },
    );
    const day = new Date().toISOString().slice(0, 10);
    res.writeHead(200, {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "application/zip",
      "content-disposition": contentDisposition("attachment", `Guildhall data ${day}.zip`),
    });
    await sendStream(Readable.from(streamZip(ownEntries(asActor))), res);
  });
}
