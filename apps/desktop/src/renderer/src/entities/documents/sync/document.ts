/** Documents and folders as the views show them: rename a field in the router and this stops compiling. */
import type { RouterOutputs } from "@guildhall/api/client";
import type { InfiniteData } from "@tanstack/react-query";
import type { Role } from "@/entities/workspaces/workspace.ts";
import type { EditMark } from "@/sync/outbox/edit-mark.ts";
import { ownKey, queryKey } from "@/sync/procedures.ts";

export type DocumentRow = RouterOutputs["documents"]["list"]["items"][number];
export type TrashItem = RouterOutputs["documents"]["trash"][number];
export type DocumentVersion = RouterOutputs["documents"]["versions"]["items"][number];
export type Versions = InfiniteData<RouterOutputs["documents"]["versions"], number | null>;

/** A document as a view shows it: the server's row, with what still waits in the outbox. */
export type DocumentView = DocumentRow & { edit?: EditMark };

export const nameOf = ({ title }: Pick<DocumentRow, "title">) => title || "Untitled";

/** All documents of a workspace that are not in the bin, archived ones too. */
export type Tree = {
  documents: ReadonlyMap<string, DocumentRow>;
  /** My role in each that has access of its own. */
  areas: Readonly<Record<string, Role>>;
};

export const treeKey = (workspaceId: string) => ownKey<Tree>("tree", workspaceId);
export const documentKey = (id: string) => queryKey("documents.get", { id });
export const versionsKey = (documentId: string) =>
  ownKey<Versions>("document-versions", documentId);
export const favouritesKey = (workspaceId: string) =>
  queryKey("documents.favourites", { workspaceId });
