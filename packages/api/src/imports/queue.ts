/**
 * Brings every started import, of tasks or of documents, to its end; most servers import a few times in their life. Those of
 * different workspaces are done side by side.
 */
import type { Services } from "../core/context.ts";
import type { JobKind } from "../core/jobs.ts";
import { unfinishedImports, workspacesOf } from "./queries.ts";
import { runImport } from "./run-import.ts";
import { SIDE_BY_SIDE } from "./waits-for.ts";

export const IMPORTS = "imports";

export const importJobs = (services: Services): JobKind => ({
  queue: IMPORTS,
  pollSeconds: 1,
  sideBySide: { most: SIDE_BY_SIDE, groupsOf: (ids) => workspacesOf(services.db, ids) },
  expireInSeconds: 3_600,
  // How often an import may be begun is counted on its row; this only spaces the tries.
  retryLimit: 20,
  run: (importId, signal) => runImport(services, importId, signal),
  unfinished: () => unfinishedImports(services.db),
});
