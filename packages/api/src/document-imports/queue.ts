/** Brings every started import of documents to its end, those of different workspaces side by side. */
import type { Services } from "../core/context.ts";
import type { JobKind } from "../core/jobs.ts";
import { SIDE_BY_SIDE } from "../imports/waits-for.ts";
import { unfinishedDocumentImports, workspacesOf } from "./queries.ts";
import { runDocumentImport } from "./run-document-import.ts";

export const DOCUMENT_IMPORTS = "document-imports";

export const documentImportJobs = (services: Services): JobKind => ({
  queue: DOCUMENT_IMPORTS,
  pollSeconds: 1,
  sideBySide: { most: SIDE_BY_SIDE, groupsOf: (ids) => workspacesOf(services.db, ids) },
  expireInSeconds: 3_600,
  // How often an import may be begun is counted on its row; this only spaces the tries.
  retryLimit: 20,
  run: (importId, signal) => runDocumentImport(services, importId, signal),
  unfinished: () => unfinishedDocumentImports(services.db),
});
