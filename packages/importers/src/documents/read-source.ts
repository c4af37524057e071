/** One file of text as a document. */

import type { DocumentJson } from "@guildhall/document-model";
import { headings, ownHref } from "@guildhall/document-model";
import { readHtml, titleOfHtml } from "@guildhall/document-model/html";
import { readMarkdown, readTitle, splitFrontMatter } from "@guildhall/document-model/markdown";
import { uuidv7 } from "uuidv7";
import { decodeText } from "../decode-text.ts";
import { sourceOf } from "./byte-source.ts";
import { DocumentImportRefusal } from "./import-refusal.ts";
import { readArchive } from "./read-archive.ts";

export type Resolve = {
  resolve: (address: string, use: "link" | "image") => string;
  resolveName: (name: string, use: "link" | "image") => string | null;
};

export type Source = {
  json: DocumentJson;
  title: string;
  frontMatter: string | null;
  /** Pictures that stood inside of it. */
  pictures: { id: string; name: string; bytes: Buffer }[];
  notes: string[];
};

export async function readSource(name: string, bytes: Buffer, resolve: Resolve): Promise<Source> {
  const found = /\.docx$/i.test(name)
    ? await readDocx(bytes)
    : /\.html?$/i.test(name)
      ? readPage(bytes, resolve)
      : readText(name, bytes, resolve);
  const { json, frontMatter = null, title = null, pictures = [], notes = [] } = found;
  const heading = headings(json).find(({ level }) => level === 1)?.text;
  const plain = [title, heading, name.replace(/\.[^.]+$/, "")].map((each) =>
    (each ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim(),
  );
  const chosen = [...(plain.find(Boolean) ?? name)].slice(0, 500).join("");
  return { json, title: chosen, frontMatter, pictures, notes };
}

type Found = Pick<Source, "json"> &
  Partial<Pick<Source, "frontMatter" | "pictures" | "notes">> & { title?: string | null };

function readText(name: string, bytes: Buffer, resolve: Resolve): Found {
  const { text, notes } = decode(bytes);
  const { frontMatter, body } = splitFrontMatter(text);
  const { title, isValid } = frontMatter ? readTitle(frontMatter) : { title: null, isValid: true };
  if (!isValid) notes.push("The front matter isn't valid YAML, so it was kept unchanged.");
  const json = readMarkdown(body, { ...resolve, mdx: /\.mdx$/i.test(name) });
  return { json, title, frontMatter, notes };
}

function readPage(bytes: Buffer, { resolve }: Resolve): Found {
  const { text, notes } = decode(bytes);
  return { json: readHtml(text, { resolve }), title: titleOfHtml(text), notes };
}

const MB = 1024 * 1024;
/** Of a .docx: its XML becomes a tree in memory that is many times larger. */
const MOST_XML = 64 * MB;
const MOST_MEDIA = 200 * MB;

async function readDocx(bytes: Buffer): Promise<Found> {
  await refuseDocxBomb(bytes);
  // Large, and seldom needed.
  const { default: mammoth } = await import("mammoth");
  const pictures: Source["pictures"] = [];
  const convertImage = mammoth.images.imgElement(async (image) => {
    // One that is only linked to has no type, whatever mammoth's types say; reading it is refused below.
    const type: string | null = image.contentType;
    const ending = type?.split("/").at(-1)?.replace(/\W.*$/, "") ?? "png";
    const picture = {
      id: uuidv7(),
      name: `image${pictures.length + 1}.${ending}`,
      bytes: Buffer.from(await image.readAsArrayBuffer()),
    };
    pictures.push(picture);
    return { src: ownHref("file", picture.id) };
  });
  const { value, messages } = await mammoth.convertToHtml({ buffer: bytes }, { convertImage });
  const notes = [...new Set(messages.map(({ message }) => message).filter(isTelling))];
  return { json: readHtml(value), pictures, notes };
}

/** Not: that browsers may not show a kind of picture; the file is kept whatever they do. */
const isTelling = (message: string) => !message.startsWith("Image of type");

/** A .docx is a zip, and mammoth unpacks whatever it is; so each entry is shown first to be what it says. */
async function refuseDocxBomb(bytes: Buffer) {
  const parts = await readArchive(sourceOf(bytes));
  const sum = (some: typeof parts) => some.reduce((total, { size }) => total + size, 0);
  const isMedia = ({ path }: { path: string }) => /(^|\/)media\//.test(path);
  if (sum(parts.filter((part) => !isMedia(part))) > MOST_XML || sum(parts) > MOST_MEDIA) {
    throw new DocumentImportRefusal("zip_too_large", "This document is too large when unpacked.");
  }
  for (const part of parts) {
    for await (const _ of part.content()) {
      // Read to its end, which shows that it is what it says.
    }
  }
}

function decode(bytes: Buffer): { text: string; notes: string[] } {
  const { text, encoding, isGuessed } = decodeText(bytes);
  const notes = isGuessed
    ? [`It isn't UTF-8 and was read as ${encoding}: check its characters.`]
    : encoding === "utf-8"
      ? []
      : ["It was encoded in UTF-16."];
  return { text: text.replace(/\r\n?/g, "\n"), notes };
}
