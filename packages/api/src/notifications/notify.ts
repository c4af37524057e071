/** From what a write has recorded to what people are told of it; kinds.ts says why it is done here. */
import { schema, type Tx } from "@guildhall/db";
import type { NotificationKind } from "@guildhall/db/lists";
import { sql } from "drizzle-orm";
import superjson, { type SuperJSONResult } from "superjson";
import { uuidv7 } from "uuidv7";
import { invariant } from "../core/errors.ts";
import type { ChangeRows, RecordedChange } from "../core/feed/change.ts";
import type { WriteContext } from "../core/write.ts";
import { addNotifications, type Cause } from "./add-notifications.ts";
import { type Concern, type Kind, kinds, type Source, type SourceChange } from "./kinds.ts";

const { changes } = schema;

type Subject = Pick<Cause, "taskId" | "documentId" | "projectId" | "commentId" | "threadId">;

/** What a change of each entity is about. */
const subjects: { [E in Source]: (row: ChangeRows[E]) => Subject } = {
  task: ({ id }) => ({ taskId: id }),
  checklistItem: ({ taskId }) => ({ taskId }),
  comment: ({ id, taskId, threadId, rootId, documentId }) => ({
    commentId: id,
    taskId,
    threadId: threadId ?? rootId,
    documentId,
  }),
  document: ({ id }) => ({ documentId: id }),
  documentVersion: ({ documentId }) => ({ documentId }),
  projectMember: ({ projectId }) => ({ projectId }),
  documentAccess: ({ documentId }) => ({ documentId }),
  member: () => ({}),
  group: () => ({}),
  import: ({ projectId }) => ({ projectId }),
};

type Concerning = {
  kind: NotificationKind;
  find: (change: SourceChange<Source>) => (Concern | null)[];
};

/** By entity, in the order of the kinds. */
const concerning = new Map<string, Concerning[]>();
for (const [kind, { concerns }] of Object.entries(kinds) as [NotificationKind, Kind][]) {
  for (const [entity, find] of Object.entries(concerns)) {
    concerning.set(entity, [...(concerning.get(entity) ?? []), { kind, find: find as never }]);
  }
}

/**
 * What moves many things at once without being about any of them: an import of 10,000 tasks tells its
 * person that it is there, and nobody of each.
 */
const SUMMED_UP = new Set([
  ...["imports.run", "statuses.delete"],
  // Tells people in its own words (instance/appoint-owner.ts).
  "instance.appointOwner",
]);

type Heard = RecordedChange & { entity: Source; row: ChangeRows[Source] };

const isHeard = (change: RecordedChange): change is Heard =>
  change.row !== null && concerning.has(change.entity);

/** Returns the changes to be recorded with those that it was given. */
export async function notify(
  tx: Tx,
  ctx: WriteContext,
  workspaceId: string | null,
  recorded: readonly RecordedChange[],
): Promise<RecordedChange[]> {
  const heard = recorded
    .filter(isHeard)
    .filter(({ entity }) => entity === "import" || !SUMMED_UP.has(ctx.path));
  const told: RecordedChange[] = [];
  const { sendsMail } = ctx.services.config;
  const byWorkspace = Map.groupBy(heard, (change) =>
    invariant(change.workspaceId ?? workspaceId, "a change belongs to a workspace"),
  );
  for (const [id, some] of byWorkspace) {
    const causes = await causesOf(tx, ctx, id, some);
    told.push(...(await addNotifications(tx, { workspaceId: id, sendsMail }, causes)));
  }
  return told;
}

async function causesOf(tx: Tx, ctx: WriteContext, workspaceId: string, heard: Heard[]) {
  const writeId = ctx.mutationId ?? uuidv7();
  const find = (change: Heard, was: ChangeRows[Source] | null) => causes(ctx, writeId, change, was);
  // Of what is new nobody is concerned by what it was: mostly nobody at all, and nothing is asked.
  const may = heard.filter((each) => each.op !== "insert" || find(each, null).length > 0);
  if (may.length === 0) return [];
  const before = await readBefore(
    tx,
    workspaceId,
    may.filter((each) => !each.was),
  );
  return may.flatMap((each) => find(each, each.was ?? before.get(keyOf(each)) ?? null));
}

function causes(
  ctx: WriteContext,
  writeId: string,
  { id, op, entity, row }: Heard,
  was: ChangeRows[Source] | null,
): Cause[] {
  const subject = subjects[entity](row as never);
  const actorId = ctx.actor?.user.id ?? null;
  return (concerning.get(entity) ?? []).flatMap(({ kind, find }) =>
    find({ id, op, row, was }).flatMap((concern): Cause[] => {
      if (!concern || concern.people.length === 0) return [];
      const cause = concern.cause ?? `${id}/${writeId}`;
      const by = concern.actorId === undefined ? actorId : concern.actorId;
      return [{ kind, concern: { ...concern, cause }, actorId: by, ...subject }];
    }),
  );
}

/** A person's role in a project is told under the person's id. */
const keyOf = ({ entity, id, scopeId }: Pick<Heard, "entity" | "id" | "scopeId">) =>
  entity === "projectMember" ? `${id} ${scopeId}` : id;

/** Of a label that is taken off 10,000 tasks: read at once they would hold up everybody else's requests. */
const READ_AT_ONCE = 250;

/**
 * As the feed told of them last, before this write. A task's description comes along in it only when that
 * was changed, and then as the feed told of that last.
 */
async function readBefore(tx: Tx, workspaceId: string, heard: Heard[]) {
  const before = new Map<string, ChangeRows[Source]>();
  for (let i = 0; i < heard.length; i += READ_AT_ONCE) {
    const some = await readSome(tx, workspaceId, heard.slice(i, i + READ_AT_ONCE));
    for (const [key, row] of some) before.set(key, row);
  }
  return before;
}

async function readSome(tx: Tx, workspaceId: string, heard: Heard[]) {
  const asked = heard.map(({ entity, id, scopeId, row }) => ({
    entity,
    id,
    scope_id: entity === "projectMember" ? scopeId : null,
    is_described: "description" in row,
  }));
  const rows = await tx.execute<{
    entity: Source;
    id: string;
    scopeId: string | null;
    row: SuperJSONResult;
    description: string | null;
  }>(sql`
    select a.entity, a.id, a.scope_id as "scopeId", last.row, case when a.is_described then (
        select c.row -> 'json' ->> 'description' from ${changes} c
        where c.entity_id = a.id and c.entity = a.entity and c.workspace_id = ${workspaceId}
          and c.row -> 'json' ? 'description'
        order by c.seq desc limit 1
      ) end as description
    from json_to_recordset(${JSON.stringify(asked)}::text::json)
      as a(entity text, id uuid, scope_id uuid, is_described boolean)
    cross join lateral (
      select c.row from ${changes} c
      where c.entity_id = a.id and c.entity = a.entity and c.workspace_id = ${workspaceId}
        and c.row is not null and (a.scope_id is null or c.project_id = a.scope_id)
      order by c.seq desc limit 1
    ) last`);
  return rows.map(({ row, description, ...each }) => {
    const was = superjson.deserialize<ChangeRows[Source]>(row);
    return [keyOf(each), description === null ? was : { ...was, description }] as const;
  });
}
