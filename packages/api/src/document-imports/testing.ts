/** For tests of imports of documents: uploads, starts and awaits them as a person would. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { expect } from "vitest";
import { formOf } from "../imports/testing.ts";
import type { TestPerson } from "../testing.ts";

/** Real folders of documents and odd archives, never part of the project; see MANIFEST.md there. */
export const REAL = path.resolve(import.meta.dirname, "../../../../../shared/data");
export const hasRealFiles = existsSync(REAL);

const text = (value: string | Uint8Array) =>
  typeof value === "string" ? new TextEncoder().encode(value) : value;

export function zipOf(files: Record<string, string | Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([name, value]) => [name, text(value)]);
  return new Uint8Array(zipSync(Object.fromEntries(entries)));
}

export function zipOfFolder(folder: string): Uint8Array<ArrayBuffer> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return zipOf(
    Object.fromEntries(files.map((name) => [name, readFileSync(path.join(folder, name))])),
  );
}

type Place = { workspaceId: string; projectId?: string; parentId?: string };

export async function startImport(
  person: TestPerson,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  place: Place,
) {
  const file = await person.call.imports.upload(formOf(new File([bytes], name)));
  return person.call.documentImports.start({ ...place, fileId: file.id });
}

/** The import when it is done, failed or called off. */
export async function importDocuments(...given: Parameters<typeof startImport>) {
  const [person] = given;
  const { id } = await startImport(...given);
  const read = () => person.call.documentImports.get({ id });
  await expect
    .poll(async () => (await read()).finishedAt, { timeout: 120_000, interval: 50 })
    .not.toBeNull();
  return read();
}

/** All that this person sees of the tree. */
export async function wholeTree(person: TestPerson, workspaceId: string) {
  const items: Awaited<ReturnType<TestPerson["call"]["documents"]["list"]>>["items"] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await person.call.documents.list({ workspaceId, cursor, limit: 1_000 });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (!cursor) return items;
  }
}
