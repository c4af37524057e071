import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { crc32, deflateSync } from "node:zlib";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { zipSync } from "fflate";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invariant } from "../../core/errors.ts";
import { storeFile } from "../upload/store-file.ts";
import { postProcessObject } from "./post-process-object.ts";
import { readInProcess } from "./read-in-process.ts";

const { files, fileObjects, fileTexts } = schema;
const never = new AbortController().signal;

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  // Here the test says when: nothing is done behind its back.
  api.services.enqueueFile = async () => {};
  team = await makeTeam(api);
});
afterAll(() => api.stop());

async function tended(name: string, content: Buffer | string) {
  const { db } = api.services;
  const { id } = await storeFile(
    { services: api.services, actor: { user: team.editor.user }, path: "test" },
    { name, place: { projectId: team.project.id }, content: Buffer.from(content) },
  );
  const [row] = await db.select().from(files).where(eq(files.id, id));
  const { objectId } = invariant(row, "just stored");
  await postProcessObject(api.services, objectId, never);
  const [object] = await db.select().from(fileObjects).where(eq(fileObjects.id, objectId));
  const [text] = await db.select().from(fileTexts).where(eq(fileTexts.objectId, objectId));
  return { id, object: invariant(object, "stored"), text: text?.text, state: text?.state };
}

describe("thumbnails", () => {
  test("are turned as the camera was held, and tell nothing of where that was", async () => {
    const image = sharp({ create: { width: 900, height: 600, channels: 3, background: "#c33" } });
    const bytes = await image
      .withExif({
        IFD0: { Orientation: "6", Artist: "Somebody" },
        IFD3: { GPSLatitude: "51/1 30/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const done = { id: "", key: "" };
    const changes = await team.changesOf(async () => {
      const { id, object } = await tended("photo.jpg", bytes);
      Object.assign(done, { id, key: object.thumbnailKey });
      expect(object).toMatchObject({ preview: "ready", width: 600, height: 900 });
    });
    expect(changes).toMatchObject([
      { op: "insert", row: { preview: "waiting", width: null } },
      { op: "update", id: done.id, row: { preview: "ready", width: 600, height: 900 } },
    ]);
    const small = await buffer(invariant(await api.services.files.get(done.key), "it is stored"));
    const found = await sharp(small).metadata();
    expect(found).toMatchObject({ format: "webp", width: 341, height: 512 });
    expect([found.exif, found.orientation]).toEqual([undefined, undefined]);
  });

  test("a picture of too many pixels, a broken one and one that nobody here draws are declined", async () => {
    const { object } = await tended("bomb.png", png(30_000, 30_000));
    expect([object.preview, object.thumbnailKey]).toEqual(["declined", null]);
    const broken = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), randomBytes(500)]);
    expect((await tended("broken.png", broken)).object.preview).toBe("declined");
    expect((await tended("a.psd", "8BPS…\x01")).object.preview).toBe("declined");
  });
});

describe("words", () => {
  test.each([
    ["utf8.txt", "Grüße aus Köln"],
    ["utf16.txt", Buffer.from("\ufeffGrüße aus Köln", "utf16le")],
    ["latin1.txt", Buffer.from("Grüße aus Köln", "latin1")],
    ["page.html", "<!doctype html><p>Grüße <b>aus</b> Köln</p>"],
    ["brief.docx", docx("Grüße aus Köln")],
    ["brief.pdf", pdf("Gr\\374\\337e aus K\\366ln")],
  ])("of %s", async (name, content) => {
    const { text, state } = await tended(name, content);
    expect(state).toBe("ready");
    expect(text?.replace(/\s+/g, " ")).toContain("Grüße aus Köln");
  });

  test("a broken PDF and a Word that swells to gigabytes have none, and harm nobody", async () => {
    expect(await tended("a.pdf", "%PDF-1.7 nothing")).toMatchObject({
      state: "declined",
      text: "",
    });
    const folder = await mkdtemp(path.join(tmpdir(), "guildhall-bomb-"));
    const file = path.join(folder, "bomb.docx");
    await writeFile(file, docx(" ".repeat(150 * 1024 * 1024)));
    const request = { path: file, type: DOCX, thumbnail: false, text: true };
    const read = await readInProcess(request, never, { megabytes: 250, seconds: 60 });
    expect(read).toHaveProperty("died");
    await rm(folder, { recursive: true });
  });
});

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

function docx(text: string): Buffer {
  const part = (name: string, content: string) => ({ [name]: Buffer.from(content) });
  const office = "http://schemas.openxmlformats.org";
  const relation = `${office}/officeDocument/2006/relationships/officeDocument`;
  return Buffer.from(
    zipSync({
      ...part(
        "[Content_Types].xml",
        `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${DOCX}.main+xml"/></Types>`,
      ),
      ...part(
        "_rels/.rels",
        `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r" Type="${relation}" Target="word/document.xml"/></Relationships>`,
      ),
      ...part(
        "word/document.xml",
        `<w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
      ),
    }),
  );
}

/** All white, or so it says. */
function png(width: number, height: number): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(Buffer.concat([Buffer.from(kind), data])));
    return Buffer.concat([length, Buffer.from(kind), data, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([1, 0], 8);
  const rows = deflateSync(Buffer.alloc((width / 8 + 1) * height, 255));
  const start = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    start,
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** One page with these words, in the encoding of the standard fonts. */
function pdf(text: string): Buffer {
  const stream = `BT /F 24 Tf 50 100 Td (${text}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join("");
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 6>>\n%%EOF`, "latin1");
}
