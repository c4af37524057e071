import { schema, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Role } from "../../core/access.ts";
import type { MutationContext } from "../../core/context.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { undoRow } from "../../core/feed/undo-row.ts";
import { isEmptyPatch } from "../../core/patch.ts";
import { touchTasks } from "../../tasks/touch.ts";
import {
  changeGroups,
  inWorkspace,
  ofGroup,
  ofUndone,
  refuseTaken,
  refuseTooMany,
  takenNames,
} from "./change-group.ts";
import { namesOf, putGroupMembers } from "./members.ts";
import { type GroupRow, readGroup, recordGroup } from "./queries.ts";

const { documentGroups, documents, groups, projectGroups, taskAssigneeGroups } = schema;

type Fields = {
  name: string;
  /** Made of the name where it is not said. */
  handle: string;
  description: string;
  color: string | null;
  role: Role | null;
};

type NewGroup = { id?: string; workspaceId: string; name: string; memberIds?: string[] } & {
  [F in keyof Fields]?: Fields[F] | undefined;
};

export const createGroup = (ctx: MutationContext, input: NewGroup) => {
  const find = { workspace: inWorkspace(input.workspaceId), what: "workspace" } as const;
  return changeGroups(ctx, find, async ({ tx, record, settle, workspaceId }) => {
    const { id = uuidv7(), memberIds = [], handle, ...fields } = input;
    await refuseTooMany(tx, workspaceId);
    const wanted = { workspaceId, id, name: input.name, handle };
    await refuseTaken(tx, wanted);
    await settle(memberIds, async () => {
      await tx.insert(groups).values({
        ...fields,
        id,
        handle: handle ?? (await freeHandle(tx, wanted)),
        createdBy: ctx.actor.user.id,
      });
      await putGroupMembers(tx, { workspaceId, groupId: id, userIds: memberIds, managedBy: null });
    });
    const row = await recordGroup(tx, record, id, "insert");
    await recordAudit(tx, ctx, {
      ...{ action: "group.created", workspaceId, subject: row },
      after: { role: row.role, people: await namesOf(tx, memberIds) },
    });
    return row;
  });
};

/** `Design & UX` is `@design-ux`, and `@design-ux-2` where another group is that. */
async function freeHandle(tx: Tx, group: { workspaceId: string; id: string; name: string }) {
  const plain = group.name.normalize("NFKD").toLowerCase();
  const words = plain.replace(/\p{M}+/gu, "").match(/[\p{L}\p{N}]+/gu) ?? ["group"];
  const base = words.join("-").slice(0, MOST_HANDLE - 4);
  for (let n = 1; ; n++) {
    const handle = n === 1 ? base : `${base}-${n}`;
    const { workspaceId, id } = group;
    if (!(await takenNames(tx, { workspaceId, id, handle })).handle) return handle;
  }
}

export const MOST_HANDLE = 50;

export const updateGroup = (
  ctx: MutationContext,
  { id, patch }: { id: string; patch: { [F in keyof Fields]?: Fields[F] | undefined } },
) =>
  changeGroups(ctx, { workspace: ofGroup(id), what: "group" }, async (held) => {
    const { tx, record, settle, workspaceId } = held;
    const before = await readGroup(tx, id);
    if (isEmptyPatch(patch)) return before;
    await refuseTaken(tx, { workspaceId, id, name: patch.name, handle: patch.handle });
    const set = () => tx.update(groups).set(patch).where(eq(groups.id, id));
    if (patch.role === undefined) await set();
    else await settle(peopleIn(before), set);
    const after = await recordGroup(tx, record, id);
    const entry = { action: "group.changed", workspaceId, subject: before, before, after } as const;
    await recordAudit(tx, ctx, entry);
    return after;
  });

/** What its people have by name stays; what they have through it alone goes, and so do its tasks' assignments. */
export const deleteGroup = (ctx: MutationContext, { id }: { id: string }) =>
  changeGroups(ctx, { workspace: ofGroup(id), what: "group" }, async (held) => {
    const { tx, record, settle, workspaceId } = held;
    const group = await readGroup(tx, id);
    const people = peopleIn(group);
    await recordAudit(tx, ctx, {
      ...{ action: "group.deleted", workspaceId, subject: group },
      before: { role: group.role, people: await namesOf(tx, people) },
    });
    await tellGone(tx, record, id);
    const assigned = await tx
      .delete(taskAssigneeGroups)
      .where(eq(taskAssigneeGroups.groupId, id))
      .returning({ id: taskAssigneeGroups.taskId });
    await settle(people, () => tx.delete(groups).where(eq(groups.id, id)));
    await touchTasks(
      tx,
      record,
      assigned.map((task) => task.id),
    );
    record({ entity: "group", id, op: "delete", row: null });
    return { id };
  });

const peopleIn = ({ members }: GroupRow) => members.map(({ userId }) => userId);

/** Where it has had a role. A document whose last own right this was stays a scope, as with people. */
async function tellGone(tx: Tx, record: RecordChange, id: string) {
  const gone = { id, op: "delete", row: null } as const;
  const inProjects = await tx.select().from(projectGroups).where(eq(projectGroups.groupId, id));
  for (const { projectId } of inProjects) {
    record({ entity: "projectGroup", ...gone, scopeId: projectId });
  }
  const inDocuments = await tx
    .select({ id: documents.id })
    .from(documentGroups)
    .innerJoin(documents, eq(documents.id, documentGroups.documentId))
    .where(and(eq(documentGroups.groupId, id)));
  for (const { id: scopeId } of inDocuments) {
    record({ entity: "documentGroup", ...gone, scopeId });
  }
}

/** Its name, handle, description and colour. Who is in it and what they may do is a right, and no step to undo. */
export function undoGroup(ctx: MutationContext, { id, of }: { id: string; of: string }) {
  const by = { mutationId: of, actorId: ctx.actor.user.id };
  const find = { workspace: ofUndone(id, by), what: "group" } as const;
  return changeGroups(ctx, find, async ({ tx, record, workspaceId }) =>
    undoRow(tx, {
      thing: { entity: "group", id, workspaceId },
      by,
      isDeleted: (await tx.$count(groups, eq(groups.id, id))) === 0,
      fields: ["name", "handle", "description", "color"],
      read: () => readGroup(tx, id),
      async set(values) {
        const taken = await takenNames(tx, { workspaceId, id, ...values });
        const refused = (["name", "handle"] as const).filter((field) => taken[field]);
        const free = Object.fromEntries(
          Object.entries(values).filter(([field]) => !refused.some((each) => each === field)),
        );
        if (Object.keys(free).length === 0) return refused;
        await tx.update(groups).set(free).where(eq(groups.id, id));
        await recordGroup(tx, record, id);
        return refused;
      },
    }),
  );
}
