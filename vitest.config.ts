import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = import.meta.dirname;

/** What takes many seconds, as whole servers that start and texts in all their forms. */
const LONG = [
  "apps/faults/",
  "scripts/run.test.ts",
  "src/backup/",
  "db/src/embedded/",
  "src/fuzz.test.ts",
  "client-package.test.ts",
  "importers/src/tasks/parse-import.test.ts",
  "src/search/search.test.ts",
  "src/changes/standing.test.ts",
  "imports/",
  "apps/server/src/backup.test.ts",
  "apps/server/dev/",
  "src/workers/workers.test.ts",
  "apps/server/src/document-import-cut-off.test.ts",
  "src/access-matrix.test.ts",
  "apps/server/src/main.test.ts",
  "examples/",
  "apps/server/src/files-in-store.test.ts",
  "/undo",
  "src/upgrade.test.ts",
  "post-process",
];

/** The longest first, so that no core is left alone with one of them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((each) => moduleId.includes(each));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    // One more than there are cores: each waits for a server, a file or a clock now and then.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      "apps/desktop/vitest.config.ts",
      {
        test: {
          name: "node",
          include: ["packages", "apps/server", "apps/faults", "scripts", "examples", "deploy"].map(
            (folder) => `${folder}/**/*.test.ts`,
          ),
          globalSetup: [path.join(root, "packages/db/testing/global-setup.ts")],
          // Node runs these files as they are, and loads what they share once for each worker.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          execArgv: ["--import", path.join(root, "scripts/from-source.mjs")],
          isolate: false,
          // Against what hangs, and no bound of speed: real servers start here, on whatever machine.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 120_000 } },
        },
      },
    ],
  },
});
