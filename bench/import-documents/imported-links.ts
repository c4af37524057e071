/** Where the links of imported documents lead, in the paths of the folder that they came from. */

import { connect, schema } from "@guildhall/db";
import { linksOf, readDocument } from "@guildhall/document-model";
import { eq } from "drizzle-orm";
import * as Y from "yjs";

const { documents, documentSnapshots, documentUpdates, files } = schema;

/** By the path of a document: the paths of documents, and the names of files, that it leads to. */
export async function importedLinks(databaseUrl: string, rootId: string) {
  const { db, close } = connect(databaseUrl, { pool: 2 });
  try {
    const rows = await db.select().from(documents);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const pathOf = (id: string): string | null => {
      const row = byId.get(id);
      if (!row) return null;
      if (row.id === rootId) return "";
      const above = row.parentId && pathOf(row.parentId);
      return above === null ? null : `${above}${above ? "/" : ""}${row.sourceName}`;
    };
    const names = new Map(
      (await db.select().from(files)).map(({ id, name }) => [id, `file:${name}`]),
    );
    const found = new Map<string, Set<string>>();
    for (const { id, kind } of rows) {
      const at = pathOf(id);
      if (at === null || kind === "folder") continue;
      const ydoc = new Y.Doc();
      // One may have been compacted by now: its text then stands in the snapshot.
      const snapshots = await db
        .select()
        .from(documentSnapshots)
        .where(eq(documentSnapshots.documentId, id));
      for (const { state } of snapshots) Y.applyUpdate(ydoc, state);
      const updates = await db
        .select()
        .from(documentUpdates)
        .where(eq(documentUpdates.documentId, id));
      for (const { update } of updates) Y.applyUpdate(ydoc, update);
      const links = linksOf(readDocument(ydoc));
      found.set(at, new Set(links.map((link) => names.get(link.id) ?? pathOf(link.id) ?? "")));
      ydoc.destroy();
    }
    return found;
  } finally {
    await close();
  }
}
