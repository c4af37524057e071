import type { ChangeOf, RouterOutputs } from "@guildhall/api/client";
import { defineEntity } from "@/sync/define-entity.ts";
import { type CachePrefix, ownKey, queryPrefix } from "@/sync/procedures.ts";

type LinkTargets = RouterOutputs["documents"]["linkTargets"];
/** What the links of a text point to; null when it is gone, or not for this person to see. */
export type Linked = {
  document: LinkTargets["documents"][number] | null;
  task: LinkTargets["tasks"][number] | null;
};
export type Target = keyof Linked;
type Backlinks = RouterOutputs["documents"]["backlinks"];

const linkTargets: CachePrefix<Linked[Target]> = ["link-target"];
export const linkTargetKey = <T extends Target>(target: T, id: string) =>
  ownKey<Linked[T]>("link-target", target, id);

export const linkedTaskPatch = defineEntity("task", (tx, { id, row }) => {
  tx.update(linkTargetKey("task", id), (known) => linkedTask(known, row));
});

export const linkedDocumentPatch = defineEntity("document", (tx, { id, row }) => {
  tx.updateAll(queryPrefix("documents.backlinks"), (links) => linkedFrom(links, id, row));
  tx.update(linkTargetKey("document", id), (known) =>
    row ? { excerpt: "", ...known, ...row } : null,
  );
});

/** What a link points to may come into sight, or out of it. */
export const accessOfLinks = defineEntity("access", (tx, { row }, { myId }) => {
  if (!row || row.userId === myId) tx.invalidate(linkTargets);
});
export const documentAccessOfLinks = defineEntity("documentAccess", (tx, { row }, { myId }) => {
  if (row?.userId === myId) tx.invalidate(linkTargets);
});

const linkedFrom = (links: Backlinks, id: string, row: ChangeOf<"document">["row"]): Backlinks =>
  links.flatMap((link) => (link.id !== id ? [link] : row ? [{ ...link, ...row }] : []));

function linkedTask(known: Linked["task"], row: ChangeOf<"task">["row"]): Linked["task"] {
  if (!row) return null;
  const { description: _, ...listed } = row;
  return known && known.version > row.version ? known : listed;
}
