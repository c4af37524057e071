/**
 * The pictures of people and of workspaces over plain HTTP:
 *
 *   PUT /files/pictures/people/<my id>        the body is an image, made into a small square
 *   PUT /files/pictures/workspaces/<id>       the same, by an owner
 *   GET /files/pictures/<kind>/<id>/<key>     to whoever sees that person, or is in that workspace
 *
 * A picture never changes: another one has another key, which its person's or workspace's row names.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "../core/context.ts";
import { notFound, refused, signInFirst, tokenReadOnly } from "../core/errors.ts";
import { noteUser } from "../core/request-scope.ts";
import { receivePicture } from "./receive-picture.ts";
import { sendPicture } from "./send-picture.ts";
import { setPicture } from "./set-picture.ts";

export const PICTURES = "/files/pictures/";

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const ADDRESS = new RegExp(`^${PICTURES}(people|workspaces)/(${UUID})(?:/(${UUID}))?$`);

const readOrSend = () =>
  refused("method_not_supported", "Read a picture with GET and set it with PUT.");

export async function answerPicture(ctx: Context, req: IncomingMessage, res: ServerResponse) {
  const { pathname } = new URL(req.url ?? "/", "http://here");
  const [, kind, id, key] = ADDRESS.exec(pathname) ?? [];
  if (!kind || !id) throw notFound("picture");
  const of = { kind: kind === "people" ? "person" : "workspace", id } as const;
  const isRead = req.method === "GET";
  if (!isRead && req.method !== "PUT") throw readOrSend();
  if (isRead !== (key !== undefined)) throw notFound("picture");
  const actor = await ctx.findActor();
  if (!actor) throw signInFirst();
  noteUser(actor.user.id);
  const asActor = { ...ctx, actor };
  if (key) return sendPicture(asActor, { ...of, key }, res);
  if (actor.scope !== "write") throw tokenReadOnly();
  const bytes = await receivePicture(asActor, of, req);
  const set = await setPicture({ ...asActor, path: "pictures.set" }, of, bytes);
  res.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(JSON.stringify(set));
}
