import type { schema } from "@guildhall/db";

/**
 * What a change carries, by entity. Each feature adds its own rows by declaration merging
 * (`declare module "./change.ts"`), so that core knows no feature and still every `record`
 * and every reader is typed.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the features, see above.
export interface ChangeRows {}

export type Entity = keyof ChangeRows;
export type Op = "insert" | "update" | "delete";

export type ChangeOf<E extends Entity> = {
  /** Position in the workspace's feed. */
  seq: number;
  entity: E;
  id: string;
  op: Op;
  /** The row after the change; null when it was deleted. */
  row: ChangeRows[E] | null;
  actorId: string | null;
  /** The client's id of the mutation that caused it, if it gave one. */
  mutationId: string | null;
  at: Date;
};

export type Change = { [E in Entity]: ChangeOf<E> }[Entity];

/** A change with those who may see it; this never leaves the server. */
export type RoutedChange = Change & { scopeId: string | null; audienceUserId: string | null };

export type RecordedChange = {
  [E in Entity]: {
    entity: E;
    id: string;
    op: Op;
    row: ChangeRows[E] | null;
    /** The row before it, where the verb knows that; else who needs it asks the feed (notify.ts). */
    was?: ChangeRows[E];
    /** Only those who may see this: a project, or a document with access of its own. */
    scopeId?: string | null;
    /** Only this person; and the owners, but for what is nobody else's business (audiences.ts). */
    audienceUserId?: string;
    /** When it is not the workspace that `write` was called for. */
    workspaceId?: string;
  };
}[Entity];

export type RecordChange = (change: RecordedChange) => void;

/** The entity column and the map must name the same things. */
type Column = (typeof schema.changeEntities)[number];
type Same = [Exclude<Entity, Column>, Exclude<Column, Entity>] extends [never, never]
  ? true
  : never;
export const entitiesAgree: Same = true;
