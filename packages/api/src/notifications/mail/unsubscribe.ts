/**
 * The end of mails about one workspace, by one click from any mailbox (RFC 8058): without signing in, so by
 * a link that is signed for that person and workspace. Only a POST does anything; what looks at links by
 * itself, as scanners of mail do, changes nothing.
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { schema } from "@guildhall/db";
import { type NotificationKind, notificationKinds } from "@guildhall/db/lists";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { ApiConfig, Context, Services } from "../../core/context.ts";
import { deriveSecret } from "../../core/secrets.ts";
import { storeSettings } from "../settings.ts";
import { escapeHtml, htmlPage } from "./render-html.ts";

const { members, notifications, notificationSettings, workspaces } = schema;

export const UNSUBSCRIBE = "/unsubscribe";

type Mailing = { userId: string; workspaceId: string };

const sign = ({ jwtSecret }: Pick<ApiConfig, "jwtSecret">, { userId, workspaceId }: Mailing) =>
  deriveSecret(jwtSecret, `unsubscribe:${userId}:${workspaceId}`);

/** Good for as long as the server's secret is: an old mail is unsubscribed from too. */
export const unsubscribeAddress = (config: ApiConfig, mailing: Mailing) =>
  `${config.publicUrl}${UNSUBSCRIBE}?token=${mailing.userId}.${mailing.workspaceId}.${sign(config, mailing)}`;

const ids = z.object({ userId: z.uuid(), workspaceId: z.uuid() });

function readToken(config: ApiConfig, token: string): Mailing | null {
  const [userId, workspaceId, given = ""] = token.split(".", 3);
  const { data: mailing } = ids.safeParse({ userId, workspaceId });
  if (!mailing) return null;
  const [wanted, got] = [Buffer.from(sign(config, mailing)), Buffer.from(given)];
  return wanted.length === got.length && timingSafeEqual(wanted, got) ? mailing : null;
}

/** As if they had switched off every kind; what waits is not mailed either. */
async function unsubscribe({ db, signals }: Services, { userId, workspaceId }: Mailing) {
  await db.transaction(async (tx) => {
    const mine = { userId, workspaceId };
    await tx
      .delete(notificationSettings)
      .where(
        and(
          eq(notificationSettings.userId, userId),
          eq(notificationSettings.workspaceId, workspaceId),
          eq(notificationSettings.channel, "mail"),
        ),
      );
    const off = (kind: NotificationKind) => ({ kind, channel: "mail" as const, isOn: false });
    await storeSettings(tx, { ...mine, projectId: null }, notificationKinds.map(off));
    await tx
      .update(notifications)
      .set({ mailWaits: false })
      .where(sql`user_id = ${userId} and workspace_id = ${workspaceId} and mail_waits`);
  });
  signals.notifyUser(userId);
}

/** What is under `/unsubscribe`. */
export async function answerUnsubscribe(
  { services }: Pick<Context, "services">,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { searchParams } = new URL(req.url ?? "", "http://localhost");
  const mailing = readToken(services.config, searchParams.get("token") ?? "");
  const place = mailing && (await placeOf(services, mailing));
  if (!mailing || !place) {
    return answer(res, 404, "This link doesn't work", [
      "It isn't complete, or you're no longer in its workspace and get no more emails about it.",
    ]);
  }
  const name = `<bdi>${escapeHtml(place.name)}</bdi>`;
  if (req.method === "POST") {
    await unsubscribe(services, mailing);
    return answer(res, 200, "You're unsubscribed", [
      `You get no more emails about ${name}. Notifications still arrive in your inbox there.`,
      `You can turn emails on again in the <a href="${escapeHtml(`${services.config.publicUrl}/w/${mailing.workspaceId}/settings`)}">settings</a>.`,
    ]);
  }
  answer(res, 200, "Unsubscribe", [
    `Do you want to stop all emails about ${name}?`,
    `<form method="post"><button style="font:inherit;padding:8px 16px">Unsubscribe</button></form>`,
  ]);
}

/** What it is called, if they are there. */
async function placeOf({ db }: Services, { userId, workspaceId }: Mailing) {
  const [row] = await db
    .select({ name: workspaces.name })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), eq(members.workspaceId, workspaceId)));
  return row;
}

/** `lines` are HTML. */
function answer(res: ServerResponse, status: number, title: string, lines: string[]) {
  const body = [
    `<h1 style="font-size:20px">${escapeHtml(title)}</h1>`,
    ...lines.map((p) => `<div style="margin:12px 0">${p}</div>`),
  ];
  res.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  });
  res.end(htmlPage(title, body.join("\n")));
}
