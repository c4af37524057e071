/**
 * A whole workspace as a zip, as a browser saves it, made while it is sent:
 *
 *   GET /files/exports/workspace/<workspaceId>
 *
 * For its owners, who have just confirmed that it is them (`auth.confirm`); one at a time.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { z } from "zod";
import { recordAudit } from "../../audit/record-audit.ts";
import { requireConfirmed } from "../../auth/confirmation.ts";
import { unknownBuild } from "../../core/about.ts";
import { loadWorkspace } from "../../core/access.ts";
import type { Context } from "../../core/context.ts";
import { notFound, sessionOnly, signInFirst } from "../../core/errors.ts";
import { asLongAs, sendStream } from "../../core/outgoing/send-stream.ts";
import { noteUser } from "../../core/request-scope.ts";
import { safeName } from "../../document-exports/plan-export.ts";
import { streamZip } from "../../document-exports/stream-zip.ts";
import { contentDisposition } from "../../files/file-name.ts";
import { withTurn } from "../turn.ts";
import { archiveEntries } from "./archive-entries.ts";
import { type Spooled, withSpooled } from "./spool-rows.ts";

export const WORKSPACE_EXPORTS = "/files/exports/workspace/";

export const workspaceExportPath = (workspaceId: string) => `${WORKSPACE_EXPORTS}${workspaceId}`;

export async function answerWorkspaceExport(
  ctx: Context,
  req: IncomingMessage,
  res: ServerResponse,
) {
  const { pathname } = new URL(req.url ?? "/", "http://here");
  const asked = z.uuid().safeParse(pathname.slice(WORKSPACE_EXPORTS.length));
  if (!asked.success || req.method !== "GET") throw notFound("export");
  const workspaceId = asked.data;
  const actor = await ctx.findActor();
  if (!actor) throw signInFirst();
  const userId = actor.user.id;
  noteUser(userId);
  if (actor.credential.kind !== "session") throw sessionOnly();
  const { services } = ctx;
  const authorise = () => loadWorkspace(services.db, userId, workspaceId, "owner");
  const workspace = await authorise();
  await requireConfirmed({ ...ctx, actor });
  await withTurn(services, `workspace export ${workspaceId}`, async () => {
    const by = { actor, client: ctx.client };
    const entry = { action: "workspace.exported", workspaceId, subject: workspace } as const;
    await recordAudit(services.db, by, entry);
    const { version } = services.config.about ?? unknownBuild;
    await withSpooled(services, { workspaceId, version }, async (spooled) => {
      sendHead(res, spooled);
      const entries = archiveEntries({ services, userId, workspaceId, spooled });
      await sendStream(Readable.from(streamZip(entries)), res, asLongAs(ctx, authorise));
    });
  });
}

function sendHead(
  res: ServerResponse,
  { manifest: { workspace, madeAt }, objects, tables }: Spooled,
) {
  const name = `${safeName(workspace.name) || "Workspace"} ${madeAt.slice(0, 10)}.zip`;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  res.writeHead(200, {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": "application/zip",
    "content-disposition": contentDisposition("attachment", name),
    // About so many bytes are coming, for a bar on the page; nobody knows before they are made.
    "x-guildhall-about": String(objects.reduce((sum, { size }) => sum + size, 0) + rows * 150),
  });
}
