/** One document's text as what an export holds of it. */

import { headings, ownLink, readDocument } from "@guildhall/document-model";
import { writeHtml } from "@guildhall/document-model/html";
import { joinFrontMatter, readTitle, writeMarkdown } from "@guildhall/document-model/markdown";
import * as Y from "yjs";
import { relativePath } from "./plan-export.ts";

export type Text = {
  title: string;
  frontMatter: string | null;
  /** Null: nothing was ever written. */
  update: Uint8Array | null;
};

export type Addresses = {
  /** Paths in the zip, by the id of a document or a file. */
  paths: ReadonlyMap<string, string>;
  /** Of the workspace's pages, for what is not in the zip. */
  pages: string;
};

/** `path`: its own in the zip. */
export function renderMarkdown(text: Text, path: string, addresses: Addresses): string {
  const json = read(text);
  const mdx = /\.mdx$/i.test(path);
  const address = (href: string) => addressOf(href, path, addresses);
  const isEmpty = (json.content ?? []).every(
    ({ type, content }) => type === "paragraph" && !content,
  );
  const body = isEmpty ? "" : writeMarkdown(json, { mdx, address });
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  const heading = headings(json).find(({ level }) => level === 1)?.text;
  return joinFrontMatter(frontMatterWithTitle(text, heading || name), body);
}

/** `derived`: the title that an import would find. A title of its own is written where it is read. */
function frontMatterWithTitle({ title, frontMatter }: Text, derived: string): string | null {
  const plain = (value: string) => value.replace(/\s+/g, " ").trim();
  const found = frontMatter === null ? null : readTitle(frontMatter);
  if (title === "" || plain(found?.title ?? derived) === title) return frontMatter;
  const line = `title: ${JSON.stringify(title)}`;
  if (!frontMatter) return line;
  if (!found?.isValid) return frontMatter;
  const own = /^title:.*$/m;
  return own.test(frontMatter) ? frontMatter.replace(own, () => line) : `${line}\n${frontMatter}`;
}

export function renderHtml(text: Text, address: (href: string) => string): string {
  return writeHtml(read(text), address);
}

function read({ update }: Text) {
  const ydoc = new Y.Doc();
  if (update) Y.applyUpdate(ydoc, update);
  const json = readDocument(ydoc);
  ydoc.destroy();
  return json;
}

function addressOf(href: string, path: string, { paths, pages }: Addresses): string {
  const own = ownLink(href);
  if (!own || own.target === "user") return href;
  const to = paths.get(own.id);
  const hash = own.hash ? `#${own.hash}` : "";
  if (to !== undefined) return relativePath(path, to) + hash;
  return pageOf(href, pages);
}

/** The address of the page for it. */
export function pageOf(href: string, pages: string): string {
  const own = ownLink(href);
  if (!own || own.target === "user") return href;
  if (own.target === "file") return `${new URL(pages).origin}/files/${own.id}`;
  const hash = own.hash ? `#${own.hash}` : "";
  return `${pages}/${own.target === "task" ? "task" : "d"}/${own.id}${hash}`;
}
