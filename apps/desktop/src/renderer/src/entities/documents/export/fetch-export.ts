import { fetchFile, type Received } from "@/sync/server/fetch-file.ts";
import type { ExportAsked } from "./export-request.ts";

type How = { signal: AbortSignal; onProgress?: (received: Received) => void };

/** The export with the name that the server gave it; rejects with a sentence for people. */
export async function fetchExport(asked: ExportAsked, how: How) {
  const query = new URLSearchParams({ as: asked.as });
  if (asked.documentId) query.set("documentId", asked.documentId);
  if (asked.projectId) query.set("projectId", asked.projectId);
  const { blob, name } = await fetchFile(`/files/exports/${asked.workspaceId}?${query}`, how);
  return { blob, name: name ?? `${asked.name}.zip` };
}
