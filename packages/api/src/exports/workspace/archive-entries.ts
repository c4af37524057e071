/** What is in the zip, in its order; each is read when its turn comes, and summed as it goes by. */
import { createHash } from "node:crypto";
import type { Services } from "../../core/context.ts";
import { invariant } from "../../core/errors.ts";
import { documentEntries } from "../../document-exports/document-entries.ts";
import { planExport, safeName } from "../../document-exports/plan-export.ts";
import { readExported } from "../../document-exports/read-export.ts";
import { openRenderer } from "../../document-exports/renderer.ts";
import type { ZipEntry } from "../../document-exports/stream-zip.ts";
import { dropContent } from "../../files/upload/store-file.ts";
import { listProjects } from "../../projects/queries.ts";
import { readTaskCsvRows } from "../read-task-csv-rows.ts";
import { tasksToCsv } from "../tasks-csv.ts";
import { dataPath, FILES, MANIFEST, SUMS, type Sums } from "./format.ts";
import type { Spooled } from "./spool-rows.ts";

type Exporting = { services: Services; userId: string; workspaceId: string; spooled: Spooled };

export async function* archiveEntries(exporting: Exporting): AsyncGenerator<ZipEntry> {
  const { services, spooled } = exporting;
  const sums: Sums = { entries: {}, missing: [] };
  const summed = (path: string, content: ZipEntry["content"], rows?: number): ZipEntry => ({
    path,
    content: async () =>
      tallied(await content(), (sum) => {
        sums.entries[path] = { ...sum, ...(rows !== undefined && { rows }) };
      }),
  });
  const text = (path: string, said: string) => summed(path, async () => Buffer.from(said));
  yield text(MANIFEST, `${JSON.stringify(spooled.manifest, null, 2)}\n`);
  yield text("README.txt", readmeOf(spooled));
  for (const { name, key, rows } of spooled.tables) {
    const content = async () =>
      invariant(await services.files.get(key), `the rows of ${name}, just stored`);
    yield summed(dataPath(name), content, rows);
    await dropContent(services, { key });
  }
  for await (const { path, content } of forPeople(exporting)) yield summed(path, content);
  for (const { id, name } of spooled.objects) {
    const content = await services.files.get(id);
    if (!content) sums.missing.push(id);
    else yield summed(objectPath(id, name), async () => content);
  }
  yield { path: SUMS, content: async () => Buffer.from(JSON.stringify(sums)) };
}

const objectPath = (id: string, name: string) => `${FILES}${id}/${safeName(name) || "file"}`;

async function* tallied(
  content: AsyncIterable<Uint8Array> | Uint8Array,
  done: (sum: { bytes: number; sha256: string }) => void,
) {
  const hash = createHash("sha256");
  let bytes = 0;
  const pieces = content instanceof Uint8Array ? [content] : content;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    yield piece;
  }
  done({ bytes, sha256: hash.digest("hex") });
}

/** What nobody reads back: the same again in forms that other programs open. */
async function* forPeople({ services, userId, workspaceId, spooled }: Exporting) {
  const { db } = services;
  for (const { id, key } of await listProjects(db, userId, workspaceId)) {
    const read = () => readTaskCsvRows(db, { projectId: id, archived: true });
    yield { path: `tasks/${key}.csv`, content: async () => Buffer.from(tasksToCsv(await read())) };
  }
  const { name } = spooled.manifest.workspace;
  const plan = planExport(name, await readExported(db, userId, { workspaceId }), []);
  const within = (path: string) => `documents/${path}`;
  const paths = new Map([...plan.paths].map(([id, path]) => [id, within(path)]));
  const pages = `${services.config.publicUrl}/w/${workspaceId}`;
  const renderer = openRenderer({ paths, pages });
  try {
    const documents = plan.documents.map(({ document, path }) => ({
      document,
      path: within(path),
    }));
    yield* documentEntries(db, documents, renderer);
  } finally {
    await renderer.close();
  }
}

const readmeOf = ({ manifest: { workspace, madeAt, guildhall } }: Spooled) => `${workspace.name}
Exported from Guildhall ${guildhall} on ${madeAt}.

Import this file on another Guildhall: New workspace, Import a workspace.

data/        everything, exactly as it was: what an import reads
tasks/       the tasks of each project, for spreadsheets
documents/   the documents as Markdown
files/       every file, also those in documents and on tasks
sums.json    the size and SHA-256 of everything in here

Passwords, sessions, tokens, invitations, the audit log, what people were notified of and their
settings are not in here.
`;
