/**
 * How a long document feels in a real browser: how soon its text is there, and how long each key
 * takes to be seen, at its start, in its middle and at its end, alone and while somebody else writes.
 *
 *   npm start                                    (in another window)
 *   npm run bench -- document --url http://127.0.0.1:8001 --kilobytes 600
 */

import path from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "@guildhall/api/client";
import { writeDocument } from "@guildhall/document-model";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:8001" },
    kilobytes: { type: "string", default: "600" },
    keys: { type: "string", default: "120" },
  },
});

const PASSWORD = "correct horse battery";
const share = (numbers: number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? Number.NaN;
const ms = (value: number) => `${Math.round(value)} ms`;

const words =
  "the mill turns when water comes over the race and the wheel lifts what we bring to be ground for bread".split(
    " ",
  );
/** The same text in every run. */
function* prose(): Generator<string> {
  for (let n = 0; ; n = (n * 7 + 3) % 9_973) yield words[n % words.length] ?? "";
}

/** Headings, paragraphs with bold words, lists, and now and then code or a table, as people write. */
function longDocument(bytes: number) {
  const source = prose();
  const line = (count: number) =>
    Array.from({ length: count }, () => source.next().value as string).join(" ");
  const text = (value: string, bold = false) => ({
    type: "text",
    text: value,
    ...(bold && { marks: [{ type: "bold" }] }),
  });
  const paragraph = (count: number) => ({
    type: "paragraph",
    content: [text(`${line(count)} `), text(line(3), true), text(` ${line(count)}.`)],
  });
  const item = () => ({ type: "listItem", content: [paragraph(6)] });
  const cell = () => ({
    type: "tableCell",
    content: [{ type: "paragraph", content: [text(line(3))] }],
  });
  const content: object[] = [];
  let size = 0;
  for (let n = 0; size < bytes; n++) {
    const blocks: object[] = [
      { type: "heading", attrs: { level: (n % 3) + 1 }, content: [text(line(5))] },
      ...[40, 30, 50].map(paragraph),
      { type: "bulletList", content: [item(), item(), item()] },
    ];
    if (n % 4 === 0) {
      const code = Array.from({ length: 8 }, (_, i) => `const part${i} = turn(${i});`).join("\n");
      const attrs = { language: "typescript" };
      blocks.push({ type: "codeBlock", attrs, content: [text(code)] });
    }
    if (n % 6 === 0) {
      const row = () => ({ type: "tableRow", content: [cell(), cell(), cell()] });
      blocks.push({ type: "table", content: [row(), row(), row()] });
    }
    content.push(...blocks);
    size +=
      JSON.stringify(blocks)
        .match(/"text":"[^"]*"/g)
        ?.join("").length ?? 0;
  }
  return { blocks: content.length, update: writeDocument({ type: "doc", content }) };
}

async function makeDocument() {
  const door = createClient({ url: values.url });
  const people = await Promise.all(
    ["ann", "ben"].map(async (name) => {
      const email = `${name}-${uuidv7()}@example.com`;
      const { token, user } = await door.auth.register.mutate({ email, password: PASSWORD, name });
      return { email, id: user.id, api: createClient({ url: values.url, token }) };
    }),
  );
  const [ann, ben] = people;
  if (!ann || !ben) throw new Error("There are two people.");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "A long text" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const made = await ann.api.documents.create.mutate({ workspaceId, title: "A long document" });
  const { blocks, update } = longDocument(Number(values.kilobytes) * 1_024);
  const base64 = Buffer.from(update).toString("base64");
  await ann.api.documents.push.mutate({ documentId: made.id, id: uuidv7(), update: base64 });
  for (const { api } of people) await api.close();
  await door.close();
  return { ann, ben, blocks, bytes: update.byteLength, address: `/w/${workspaceId}/d/${made.id}` };
}

async function signIn(context: BrowserContext, email: string) {
  const page = await context.newPage();
  await page.goto(`${values.url}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/w\//);
  await page.close();
}

type Seen = { shown: number | null; keys: number[]; long: number[] };
const seen = (page: Page) => page.evaluate<Seen>("measured.seen");

async function openDocument(context: BrowserContext, address: string) {
  const page = await context.newPage();
  await page.addInitScript({ path: path.join(import.meta.dirname, "pages/document-page.js") });
  await page.goto(values.url + address);
  await page.waitForFunction("measured.seen.shown !== null", undefined, { timeout: 120_000 });
  return page;
}

async function typeAt(page: Page, place: "start" | "middle" | "end") {
  const lines = page.locator(".document-text > p");
  const count = await lines.count();
  const at = { start: 1, middle: Math.floor(count / 2), end: count - 1 }[place];
  await lines.nth(at).scrollIntoViewIfNeeded();
  await lines.nth(at).click();
  await page.waitForTimeout(500);
  await page.evaluate("measured.seen.keys.length = 0");
  const typed = "water over the wheel ".repeat(20).slice(0, Number(values.keys));
  // As a quick hand types: twelve keys in a second.
  await page.keyboard.type(typed, { delay: 80 });
  await page.waitForTimeout(300);
  return (await seen(page)).keys;
}

async function measure() {
  const { ann, ben, blocks, bytes, address } = await makeDocument();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  // The page forbids evaluating text, which is how the measuring is put into it.
  const look = { viewport: { width: 1440, height: 900 }, bypassCSP: true };
  const context = await browser.newContext(look);
  await signIn(context, ann.email);
  const first = await openDocument(context, address);
  const cold = (await seen(first)).shown ?? Number.NaN;
  await first.waitForTimeout(4_000);
  await first.close();
  const page = await openDocument(context, address);
  const kept = (await seen(page)).shown ?? Number.NaN;
  await page.evaluate("measured.watchKeys()");

  const table: Record<string, string> = {
    "blocks, bytes of the update": `${blocks}, ${bytes}`,
    "text shown, nothing kept here": ms(cold),
    "text shown, from what is kept": ms(kept),
  };
  const row = (name: string, keys: number[]) => {
    table[`a key ${name}: median, p95, longest`] =
      `${ms(share(keys, 0.5))}, ${ms(share(keys, 0.95))}, ${ms(Math.max(...keys))} (${keys.length})`;
  };
  for (const place of ["start", "middle", "end"] as const)
    row(`at its ${place}`, await typeAt(page, place));

  const other = await browser.newContext(look);
  await signIn(other, ben.email);
  const otherPage = await openDocument(other, address);
  await otherPage.locator(".document-text > p").first().click();
  let isOver = false;
  const writing = (async () => {
    while (!isOver) await otherPage.keyboard.type("and again ", { delay: 100 });
  })();
  row("in its middle while another writes", await typeAt(page, "middle"));
  isOver = true;
  await writing;
  const { long } = await seen(page);
  table["tasks over 50 ms while typing"] = `${long.length} (longest ${ms(Math.max(0, ...long))})`;
  await browser.close();
  console.table(table);
}

await measure();
process.exit();
