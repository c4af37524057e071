/**
 * The audit log as a file, as a browser saves it, made while it is sent:
 *
 *   GET /files/exports/audit/<workspaceId|instance>?format=csv|jsonl[&personId=…&actions=…,…&from=…&until=…]
 *
 * That it was taken along is itself an entry, which the file has as its first.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { z } from "zod";
import { authoriseAudit } from "../audit/authorise-audit.ts";
import {
  type AuditFilter,
  type AuditPlace,
  readAudit,
  type ShownEntry,
} from "../audit/read-audit.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { auditFilter } from "../audit/router.ts";
import type { Context } from "../core/context.ts";
import { csvLine } from "../core/encoding/csv-line.ts";
import { notFound, refused, sessionOnly, signInFirst } from "../core/errors.ts";
import { sentenceOf } from "../core/input-sentence.ts";
import { asLongAs, sendStream } from "../core/outgoing/send-stream.ts";
import { noteUser } from "../core/request-scope.ts";
import { contentDisposition } from "../files/file-name.ts";

export const AUDIT_EXPORTS = "/files/exports/audit/";

const date = z.iso.datetime().transform((text) => new Date(text));
const place = z.union([z.literal("instance").transform(() => null), z.uuid()]);
const asked = z.object({
  format: z.enum(["csv", "jsonl"]),
  personId: auditFilter.shape.personId,
  actions: z
    .string()
    .transform((names) => names.split(","))
    .pipe(auditFilter.shape.actions.unwrap())
    .optional(),
  from: date.optional(),
  until: date.optional(),
});

/** Entries are read so many at a time. */
const AT_ONCE = 200;

export async function answerAuditExport(ctx: Context, req: IncomingMessage, res: ServerResponse) {
  const { pathname, searchParams } = new URL(req.url ?? "/", "http://here");
  const named = place.safeParse(pathname.slice(AUDIT_EXPORTS.length));
  if (!named.success || req.method !== "GET") throw notFound("export");
  const actor = await ctx.findActor();
  if (!actor) throw signInFirst();
  noteUser(actor.user.id);
  if (actor.credential.kind !== "session") throw sessionOnly();
  const { services, client } = ctx;
  const workspaceId = named.data;
  const input = asked.safeParse(Object.fromEntries(searchParams));
  if (!input.success) {
    throw refused("bad_input", `Nothing was exported. ${sentenceOf(input.error)}`);
  }
  const { format, ...filter } = input.data;
  const name = await authoriseAudit({ services, actor }, workspaceId);
  const subject = { id: workspaceId, name };
  const after = { format, filter: [...searchParams.keys()].filter((key) => key !== "format") };
  const by = { actor, client };
  if (workspaceId === null) {
    await recordAudit(services.db, by, { action: "instance.auditExported", subject, after });
  } else {
    await recordAudit(services.db, by, {
      ...{ action: "workspace.auditExported", workspaceId, subject, after },
    });
  }
  const day = new Date().toISOString().slice(0, 10);
  res.writeHead(200, {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl",
    "content-disposition": contentDisposition("attachment", `${name} audit ${day}.${format}`),
  });
  const entries = everyEntry(services, { workspaceId }, filter);
  await sendStream(
    Readable.from(format === "csv" ? csv(entries) : jsonLines(entries)),
    res,
    asLongAs(ctx, () => authoriseAudit({ services, actor }, workspaceId)),
  );
}

async function* everyEntry(
  { db }: Pick<Context["services"], "db">,
  place: AuditPlace,
  filter: AuditFilter,
) {
  let cursor: string | undefined;
  do {
    const page = await readAudit(db, place, { ...filter, cursor, limit: AT_ONCE });
    yield* page.entries;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

type Column = [header: string, read: (entry: ShownEntry) => string | null | undefined];

const asText = (values: Record<string, unknown> | null) =>
  Object.entries(values ?? {})
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("; ");

const columns: Column[] = [
  ["When", ({ at }) => at.toISOString()],
  ["Who", ({ who }) => who],
  ["What", ({ sentence }) => sentence],
  ["Action", ({ action }) => action],
  ["Times", ({ times }) => String(times)],
  ["Kind", ({ subject }) => subject.kind],
  ["Subject", ({ subject }) => subject.name],
  ["Before", ({ before }) => asText(before)],
  ["After", ({ after }) => asText(after)],
  ["Workspace", ({ workspace }) => workspace?.name],
  ["By", ({ credential, tokenName }) => tokenName ?? credential],
  ["Address", ({ address }) => address],
  ["Browser", ({ userAgent }) => userAgent],
  ["Person ID", ({ actor }) => actor?.id],
  ["Subject ID", ({ subject }) => subject.id],
];

async function* csv(entries: AsyncIterable<ShownEntry>) {
  yield csvLine(columns.map(([header]) => header));
  for await (const entry of entries) yield csvLine(columns.map(([, read]) => read(entry) ?? ""));
}

async function* jsonLines(entries: AsyncIterable<ShownEntry>) {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
