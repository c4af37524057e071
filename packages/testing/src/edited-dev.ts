/** `npm run dev` in a copy of the sources, for tests that edit them. Packages stay where they are. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@guildhall/db/embedded";
import { type Program, startProgram } from "./program.ts";

const root = path.join(import.meta.dirname, "../../..");
/** The workspace's file tells the page's server how far up it may read. */
const COPIED = [
  "apps/server",
  "apps/desktop",
  "scripts",
  "pnpm-workspace.yaml",
  "tsconfig.base.json",
];
const LINKED = ["packages", "node_modules", "apps/server/node_modules"];
/** A folder of its own: the page's server keeps there what it made of the packages. */
const LINKED_EACH = "apps/desktop/node_modules";
const LEFT_OUT = new Set(["node_modules", "dist", "out", "test-results", "data"]);

/** Without the installing before it, which would find the copy's packages changed, and they are those of all. */
const PROGRAM = `import { dev } from "./scripts/run/dev.mjs";\nprocess.exit(await dev());\n`;

export type EditedDev = {
  program: Program;
  /** Of the server. */
  url: string;
  /** Of the page's own server, once it is there. */
  pageUrl(): Promise<string>;
  dataFolder: string;
  /** A file of the copy, as it is in the sources. */
  read(file: string): string;
  write(file: string, text: string): void;
  stop(): Promise<void>;
};

export async function startEditedDev(): Promise<EditedDev> {
  const copy = mkdtempSync(path.join(tmpdir(), "guildhall-edited-"));
  for (const each of COPIED) {
    cpSync(path.join(root, each), path.join(copy, each), {
      recursive: true,
      filter: (source) => !LEFT_OUT.has(path.basename(source)),
    });
  }
  mkdirSync(path.join(copy, LINKED_EACH));
  const each = readdirSync(path.join(root, LINKED_EACH)).filter((name) => name !== ".vite");
  for (const link of [...LINKED, ...each.map((name) => `${LINKED_EACH}/${name}`)]) {
    symlinkSync(path.join(root, link), path.join(copy, link));
  }
  const file = path.join(copy, "dev.mjs");
  writeFileSync(file, PROGRAM);
  const dataFolder = path.join(copy, "data");
  const port = await freePort();
  // Words without colours, to be looked for.
  const env = { PORT: String(port), GUILDHALL_DATA: dataFolder, FORCE_COLOR: "0", NO_COLOR: "1" };
  const program = startProgram(env, file);
  return {
    program,
    url: `http://127.0.0.1:${port}`,
    pageUrl: async () => (await program.said(/Local: +(http:\S+?)\/?\s/))[1] ?? "",
    dataFolder,
    read: (name) => readFileSync(path.join(copy, name), "utf8"),
    write: (name, text) => writeFileSync(path.join(copy, name), text),
    async stop() {
      program.child.kill("SIGTERM");
      await program.exited;
      rmSync(copy, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
