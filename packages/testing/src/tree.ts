/** For tests: a client that keeps what the feed tells one person, as the page's cache does. */
import type { RouterOutputs } from "@guildhall/api/client";
import type { TestPerson } from "./api.ts";

type Row = RouterOutputs["documents"]["get"];

export async function keepTree({ call, user }: TestPerson, workspaceId: string) {
  let { seq } = await call.workspaces.open({ workspaceId });
  const read = async () => {
    const { items, areas } = await call.documents.list({ workspaceId, limit: 1_000 });
    return { rows: new Map<string, Omit<Row, "role">>(items.map((i) => [i.id, i])), areas };
  };
  let tree = await read();
  return {
    /** What came since the last time, laid over what was there; what a client must read anew, is read. */
    async follow() {
      const { changes } = await call.changes.since({ workspaceId, seq });
      let isStale = false;
      for (const change of changes) {
        seq = change.seq;
        if (change.entity === "document") {
          if (change.row) tree.rows.set(change.id, change.row);
          else tree.rows.delete(change.id);
        } else if (change.entity === "documentAccess" && change.row?.userId === user.id) {
          const { documentId, role } = change.row;
          if (role) {
            isStale ||= !tree.rows.has(documentId);
            tree.areas[documentId] = role;
          } else {
            for (const [id, row] of tree.rows) if (row.areaId === documentId) tree.rows.delete(id);
            delete tree.areas[documentId];
          }
        }
      }
      if (isStale) tree = await read();
      return changes;
    },
    titles: () => [...tree.rows.values()].map((row) => row.title).sort(),
    role: (id: string) => tree.areas[id],
    /** What is kept, and what a fresh read would give. */
    both: async () => [tree.rows, (await read()).rows] as const,
  };
}
