import type { ServerResponse } from "node:http";
import { type Queryable, schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { loadWorkspace } from "../core/access.ts";
import type { ActorContext } from "../core/context.ts";
import { notFound, unlessRefused } from "../core/errors.ts";
import { sendStream } from "../core/outgoing/send-stream.ts";
import { isAdministrator } from "../core/rights/administrators.ts";
import { seesPerson } from "../core/visibility/people-seen.ts";
import { THUMBNAIL_TYPE } from "../files/thumbnail-rules.ts";
import type { PictureOf } from "./set-picture.ts";

const { users, workspaces } = schema;

type Asked = PictureOf & { key: string };

/** The picture that this person or workspace has now; a stranger cannot tell whether there is one. */
export async function sendPicture(
  ctx: ActorContext,
  asked: Asked,
  res: ServerResponse,
): Promise<void> {
  const { db, files } = ctx.services;
  const isSeen = await sees(db, ctx.actor.user.id, asked);
  const content = (await isOf(db, asked)) && isSeen ? await files.get(asked.key) : null;
  // Also when another has just taken its place.
  if (!content) throw notFound("picture");
  res.writeHead(200, {
    "content-type": THUMBNAIL_TYPE,
    // Under this key there is never another: kept by this person's browser alone.
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  });
  await sendStream(content, res);
}

async function isOf(q: Queryable, { kind, id, key }: Asked): Promise<boolean> {
  const table = kind === "person" ? users : workspaces;
  return (await q.$count(table, and(eq(table.id, id), eq(table.pictureKey, key)))) > 0;
}

/** Administrators have the list of accounts, and of workspaces no more than numbers. */
async function sees(q: Queryable, userId: string, { kind, id }: PictureOf): Promise<boolean> {
  if (kind === "workspace") return unlessRefused(() => loadWorkspace(q, userId, id, "guest"));
  return (await seesPerson(q, userId, id)) || isAdministrator(q, userId);
}
