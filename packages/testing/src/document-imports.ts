/** For tests of imports of documents: uploads, starts and awaits them as a person would. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { expect } from "vitest";
import type { TestPerson } from "./api.ts";
import { upload } from "./imports.ts";

/** Real folders of documents and odd archives, never part of the project; see MANIFEST.md there. */
export const REAL = path.resolve(import.meta.dirname, "../../../../shared/data");
export const hasRealFiles = existsSync(REAL);

const text = (value: string | Uint8Array) =>
  typeof value === "string" ? new TextEncoder().encode(value) : value;

export function zipOf(files: Record<string, string | Uint8Array>): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([name, value]) => [name, text(value)]);
  return new Uint8Array(zipSync(Object.fromEntries(entries)));
}

/** An archive that says of its entry `n` what is not so: central directory and local header alike. */
export function lying(zip: Uint8Array, n: number, lie: Lie): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(zip);
  let at = bytes.readUInt32LE(bytes.length - 22 + 16);
  for (let i = 0; i < n; i++) at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30);
  const local = bytes.readUInt32LE(at + 42);
  if (lie.flags !== undefined) bytes.writeUInt16LE(lie.flags, at + 8);
  if (lie.method !== undefined) bytes.writeUInt16LE(lie.method, at + 10);
  if (lie.size !== undefined) {
    bytes.writeUInt32LE(lie.size, at + 24);
    bytes.writeUInt32LE(lie.size, local + 22);
  }
  if (lie.offset !== undefined) bytes.writeUInt32LE(lie.offset, at + 42);
  if (lie.name) {
    bytes.set(lie.name, at + 46);
    bytes.set(lie.name, local + 30);
  }
  return new Uint8Array(bytes);
}

/** `name`: as long as the one that it replaces. */
type Lie = { flags?: number; method?: number; size?: number; offset?: number; name?: Uint8Array };

const OFFICE = "http://schemas.openxmlformats.org";
const relationships = (inside: string) =>
  `<Relationships xmlns="${OFFICE}/package/2006/relationships">${inside}</Relationships>`;
const relation = (id: string, type: string, target: string, more = "") =>
  `<Relationship Id="${id}" Type="${OFFICE}/officeDocument/2006/relationships/${type}" Target="${target}" ${more}/>`;

/** A document of Word with a heading, bold words, a list, a table, a picture and one from elsewhere. */
export function docxOf(picture: Uint8Array, text = "The wheel"): Uint8Array<ArrayBuffer> {
  const run = (words: string, style = "") =>
    `<w:r><w:rPr>${style}</w:rPr><w:t>${words}</w:t></w:r>`;
  const line = (inside: string, style = "") => `<w:p><w:pPr>${style}</w:pPr>${inside}</w:p>`;
  const blip = (how: string) =>
    `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="A wheel"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip ${how}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  const cell = (words: string) => `<w:tc>${line(run(words))}</w:tc>`;
  const body = [
    line(run(text), '<w:pStyle w:val="Heading1"/>'),
    line(run("It turns ") + run("slowly", "<w:b/>")),
    `<w:tbl><w:tr>${cell("a")}${cell("b")}</w:tr></w:tbl>`,
    line(blip('r:embed="rId1"')),
    line(blip('r:link="rId2"')),
  ].join("");
  return zipOf({
    "[Content_Types].xml": `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="png" ContentType="image/png"/></Types>`,
    "_rels/.rels": relationships(relation("rId1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relationships(
      relation("rId1", "image", "media/image1.png") +
        relation("rId2", "image", "file:///etc/passwd", 'TargetMode="External"'),
    ),
    "word/styles.xml": `<w:styles xmlns:w="${OFFICE}/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    "word/document.xml": `<w:document xmlns:w="${OFFICE}/wordprocessingml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships" xmlns:a="${OFFICE}/drawingml/2006/main" xmlns:wp="${OFFICE}/drawingml/2006/wordprocessingDrawing" xmlns:pic="${OFFICE}/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`,
    "word/media/image1.png": picture,
  });
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
  const [fileId = ""] = await upload(person, [new File([bytes], name)]);
  return person.call.imports.startDocuments({ ...place, fileId });
}

/** The import when it is done, failed or called off. */
export async function importDocuments(...given: Parameters<typeof startImport>) {
  const [person] = given;
  const { id } = await startImport(...given);
  await expect
    .poll(async () => (await documentImport(person, id)).finishedAt, { interval: 50 })
    .not.toBeNull();
  return documentImport(person, id);
}

export async function documentImport(person: TestPerson, id: string) {
  const row = await person.call.imports.get({ id });
  if (row.kind !== "documents") throw new Error("an import of documents");
  return row;
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
