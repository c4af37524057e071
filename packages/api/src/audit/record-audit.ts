import { announce, type Queryable, schema } from "@guildhall/db";
import { uuidv7 } from "uuidv7";
import type { Actor, Context } from "../core/context.ts";
import { type AuditActionName, auditActions } from "./actions.ts";

const { auditEntries } = schema;

/** Who does it, and from where; background work has no client, and may have no person. */
export type AuditContext = {
  actor?: { user: { id: string; name: string }; credential?: Actor["credential"] | null } | null;
  client?: Context["client"];
};

type AuditValue = string | number | boolean | null | Date | readonly string[];
type Fields<A extends AuditActionName> = (typeof auditActions)[A]["fields"][number];
type Noted<A extends AuditActionName> = { readonly [F in Fields<A>]?: AuditValue | undefined };
type Place<A extends AuditActionName> = (typeof auditActions)[A]["scope"] extends "workspace"
  ? { workspaceId: string }
  : { workspaceId?: undefined };

export type AuditEntry<A extends AuditActionName> = Place<A> & {
  action: A;
  /** What it was done to; `name` as people know it, never a secret. */
  subject?: { id?: string | null; name?: string | null };
  before?: Noted<A>;
  after?: Noted<A>;
  times?: number;
};

/**
 * Notes in the audit log that somebody did something, in the transaction of the thing itself: either
 * both are there or neither. Of `before` and `after` only the fields of the action's row are taken.
 */
export async function recordAudit<A extends AuditActionName>(
  tx: Queryable,
  ctx: AuditContext,
  entry: AuditEntry<A>,
): Promise<void> {
  const { action, workspaceId = null, subject, before, after, times = 1 } = entry;
  const { actor, client } = ctx;
  const credential = actor?.credential;
  await tx.insert(auditEntries).values({
    id: uuidv7(),
    at: new Date(),
    action,
    workspaceId,
    actorId: actor?.user.id ?? null,
    actorName: actor?.user.name ?? null,
    credential: credential?.kind ?? (client ? "none" : "system"),
    tokenId: credential?.kind === "token" ? credential.id : null,
    address: client?.address ?? null,
    userAgent: client?.userAgent?.slice(0, 300) ?? null,
    subjectId: subject?.id ?? null,
    subjectName: subject?.name?.slice(0, 300) ?? null,
    before: only(auditActions[action].fields, before),
    after: only(auditActions[action].fields, after),
    times,
  });
  announce(tx, workspaceId ?? "");
}

function only(fields: readonly string[], values: Readonly<Record<string, unknown>> | undefined) {
  const kept = Object.entries(values ?? {}).filter(
    ([field, value]) => fields.includes(field) && value !== undefined,
  );
  return kept.length > 0 ? Object.fromEntries(kept) : null;
}
