/** What one person writes into a document, as the page takes it. */

import { plainText, readDocument, writeDocument } from "@guildhall/document-model";
import { readMarkdown } from "@guildhall/document-model/markdown";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { applyUpdate, Doc } from "yjs";
import type { Guildhall, Person } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
let ann: Person;
let workspaceId: string;

test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
  workspaceId = (await ann.api.workspaces.create.mutate({ name: "Old Mill" })).id;
});

const text = (page: Page) => page.getByLabel("Text", { exact: true });

async function open(browser: Browser, title: string, person = ann) {
  const { id } = await ann.api.documents.create.mutate({ workspaceId, title });
  const context = await browser.newContext();
  const page = await context.newPage();
  await openAs(page, person, `${guildhall.url}/w/${workspaceId}/d/${id}`);
  await expect(text(page)).toBeVisible();
  return { context, page, id };
}

/** Lists as they stand: `task(x)`, `bullet`, each with its line, those within indented. */
const outline = (page: Page) =>
  text(page).evaluate((element) => {
    const lines: string[] = [];
    const walk = (list: Element, depth: number) => {
      for (const item of list.children) {
        const box = item.querySelector<HTMLInputElement>(":scope > label > input");
        const kind = box ? `task(${box.checked ? "x" : " "})` : list.tagName.toLowerCase();
        const inside = item.querySelector(":scope > div") ?? item;
        lines.push(
          `${"  ".repeat(depth)}${kind} ${inside.querySelector(":scope > p")?.textContent}`,
        );
        for (const inner of inside.querySelectorAll(":scope > :is(ul, ol)")) walk(inner, depth + 1);
      }
    };
    for (const list of element.querySelectorAll(":scope > :is(ul, ol)")) {
      lines.push("list");
      walk(list, 0);
    }
    return lines;
  });

test("a box typed at the beginning of a line makes a task, in a list's item of the item itself", async ({
  browser,
}) => {
  const { page } = await open(browser, "To do");
  const lines = async (...typed: string[]) => {
    await text(page).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    for (const [i, line] of typed.entries()) {
      if (i > 0) await page.keyboard.press("Enter");
      await page.keyboard.type(line);
    }
    return outline(page);
  };
  for (const sign of ["- [ ] ", "* [ ] ", "+ [ ] ", "[ ] ", "[] ", "- [] "]) {
    expect(await lines(`${sign}milk`, "bread"), sign).toEqual([
      "list",
      "task( ) milk",
      "task( ) bread",
    ]);
  }
  for (const sign of ["- [x] ", "[x] ", "* [X] "]) {
    expect(await lines(`${sign}milk`), sign).toEqual(["list", "task(x) milk"]);
  }
  // In the middle of a list, which goes on below.
  expect(await lines("- one", "[ ] two", "[x] three")).toEqual([
    "list",
    "ul one",
    "list",
    "task( ) two",
    "task(x) three",
  ]);
  expect(await lines("- one", "two", "three")).toEqual(["list", "ul one", "ul two", "ul three"]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.type("[ ] ");
  expect(await outline(page)).toEqual([
    "list",
    "ul one",
    "list",
    "task( ) two",
    "list",
    "ul three",
  ]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.type("[ ] ");
  await page.keyboard.type("and ");
  // The two became neighbours, and so one list.
  expect(await outline(page)).toEqual([
    "list",
    "task( ) and one",
    "task( ) two",
    "list",
    "ul three",
  ]);
  // Within an item of a list within a list.
  await lines("- outer");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("[ ] inner");
  expect(await outline(page)).toEqual(["list", "ul outer", "  task( ) inner"]);
});

test("comments of an imported text stand in its source and not on the page", async ({
  browser,
}) => {
  const markdown =
    "<!-- for the\n\ntemplate -->\n\nShown <!-- unshown --> and {{ shown }}\n\n<!-- end -->\n";
  const { page, id } = await open(browser, "From elsewhere");
  const update = Buffer.from(writeDocument(readMarkdown(markdown))).toString("base64");
  await ann.api.documents.push.mutate({ documentId: id, id: uuidv7(), update });
  await expect(text(page)).toContainText("Shown");
  const comments = text(page).getByText("<!--");
  await expect(comments).toHaveCount(3);
  for (const comment of await comments.all()) await expect(comment).toBeHidden();
  await expect(text(page).getByText("{{ shown }}")).toBeVisible();
});

/** `PASTED_LINES=20000` is the whole claim. */
const PASTED_LINES = Number(process.env.PASTED_LINES ?? 6_000);

async function paste(page: Page, value: string) {
  await text(page).click();
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData("text/plain", pasted);
    const how = { clipboardData: data, bubbles: true, cancelable: true };
    document.querySelector(".document-text")?.dispatchEvent(new ClipboardEvent("paste", how));
  }, value);
}

/** From the server alone. */
async function committed(documentId: string): Promise<string> {
  const doc = new Doc();
  await new Promise<void>((resolve, reject) => {
    const subscription = ann.api.documents.onUpdate.subscribe(
      { documentId },
      {
        onData({ data }) {
          if (data.kind === "updates") {
            for (const { update } of data.updates) applyUpdate(doc, Buffer.from(update, "base64"));
          } else if (data.kind === "live") {
            subscription.unsubscribe();
            resolve();
          }
        },
        onError: reject,
      },
    );
  });
  return plainText(readDocument(doc));
}

test("a long paste is saved, in order, also when it was pasted offline and the page was started again", async ({
  browser,
}) => {
  const saved = (page: Page) => page.getByRole("button", { name: /^Saved$/ });
  const lines = Array.from({ length: PASTED_LINES }, (_, i) => `Line ${i}: words, as in a book.`);
  const { page, id } = await open(browser, "A book");
  await paste(page, lines.join("\n\n"));
  await expect(text(page)).toContainText(`Line ${PASTED_LINES - 1}:`);
  await expect(saved(page)).toBeVisible();
  expect(await committed(id)).toBe(lines.join("\n"));

  const { context, page: train, id: other } = await open(browser, "A book on the train");
  await train.evaluate(() => navigator.serviceWorker.ready);
  await train.reload();
  await expect(text(train)).toBeVisible();
  await goOffline(context);
  await paste(train, lines.join("\n\n"));
  const waiting = train.getByRole("button", { name: "Offline, 1 waiting" });
  await expect(waiting).toBeVisible();
  await train.reload();
  await expect(text(train)).toContainText(`Line ${PASTED_LINES - 1}:`);
  await context.setOffline(false);
  await expect(saved(train)).toBeVisible();
  expect(await committed(other)).toBe(lines.join("\n"));
});

/** Two megabytes take a slow machine its time: `PASTED_MB=2` tries it. */
const PASTED_MB = Number(process.env.PASTED_MB ?? 0);

test("what weighs megabytes is saved from one paste, in order", async ({ browser }) => {
  test.skip(PASTED_MB === 0, "PASTED_MB says how many");
  test.setTimeout(600_000);
  const words = "words, as in a book, ".repeat(47);
  const lines = Array.from({ length: PASTED_MB * 1_024 }, (_, i) => `Line ${i}: ${words}end.`);
  expect(lines.join("\n").length).toBeGreaterThan(PASTED_MB * 1_000_000);
  const { page, id } = await open(browser, "A heavy book");
  await paste(page, lines.join("\n\n"));
  await expect(text(page)).toContainText(`Line ${lines.length - 1}:`, { timeout: 300_000 });
  const saved = page.getByRole("button", { name: /^Saved$/ });
  await expect(saved).toBeVisible({ timeout: 300_000 });
  expect(await committed(id)).toBe(lines.join("\n"));
});

test("what is refused all the same can be copied from the list of what waits", async ({
  browser,
}) => {
  const ben = await guildhall.person("Ben");
  const role = (to: "editor" | "viewer") =>
    ann.api.members.setRole.mutate({ workspaceId, userId: ben.id, role: to });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const { context, page, id } = await open(browser, "Refused", ben);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await goOffline(context);
  await text(page).click();
  await page.keyboard.type("Mine alone");
  await expect(page.getByRole("button", { name: "Offline, 1 waiting" })).toBeVisible();
  await role("viewer");
  await context.setOffline(false);
  await page.getByRole("button", { name: "1 not saved" }).click();
  const list = page.getByRole("dialog", { name: "Waiting to be saved" });
  await list.getByRole("button", { name: "Copy text" }).click();
  await expect(list.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Mine alone");
  await role("editor");
  await list.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => committed(id)).toBe("Mine alone");
});

/** Each would run a script where its text became HTML, and some have done so. */
const hostileDiagrams = {
  flowchart: `%%{init: {"securityLevel": "loose", "flowchart": {"htmlLabels": true}}}%%
flowchart LR
  A["<img src=x onerror='top.attacked=1;parent.attacked=1;document.title=1'>"] --> B["<script>top.attacked=1</script>"]
  click A "javascript:top.attacked=1"`,
  "front matter": `---
config:
  securityLevel: loose
  htmlLabels: true
---
flowchart LR
  A["<svg onload='top.attacked=1'>"] --> B`,
  classDiagram: `classDiagram
  class A["<img src=x onerror='top.attacked=1'>"]
  A : +method("<img src=x onerror='top.attacked=1'>")
  A <|-- B~<img src=x onerror='top.attacked=1'>~`,
  mindmap: `mindmap
  root["<img src=x onerror='top.attacked=1'>"]
    child["<iframe srcdoc='<script>top.attacked=1</script>'>"]`,
};

for (const policy of ["with the page's policy", "with no policy at all"]) {
  test(`hostile diagrams run nothing, ${policy}`, async ({ browser }) => {
    const lines = Object.values(hostileDiagrams).map(
      (source) => `\`\`\`mermaid\n${source}\n\`\`\``,
    );
    const good = "```mermaid\nflowchart LR\n  Begin --> End\n```";
    const { id } = await ann.api.documents.create.mutate({ workspaceId, title: "Drawings" });
    const markdown = [...lines, good].join("\n\n");
    const update = Buffer.from(writeDocument(readMarkdown(markdown))).toString("base64");
    await ann.api.documents.push.mutate({ documentId: id, id: uuidv7(), update });

    const context = await browser.newContext({ bypassCSP: policy === "with no policy at all" });
    const page = await context.newPage();
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await openAs(page, ann, `${guildhall.url}/w/${workspaceId}/d/${id}`);
    await expect(text(page)).toBeVisible();
    const diagrams = page.locator(".diagram-box");
    await expect(diagrams).toHaveCount(lines.length + 1);
    for (const diagram of await diagrams.all()) {
      await diagram.scrollIntoViewIfNeeded();
      // Drawn, or told that it could not be.
      const shown = diagram.locator(".diagram img, .diagram-problem:not(:empty)");
      await expect(shown.first()).toBeVisible();
    }
    // A picture with a size, and no other element of what was written.
    const last = diagrams.last().locator("img");
    await expect(last).toHaveJSProperty("complete", true);
    expect(await last.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
      20,
    );
    await expect(page.locator(".diagram-box :is(svg, script, iframe, object)")).toHaveCount(0);
    // The frame has no origin: it reaches neither the page nor what the browser keeps for it.
    await expect(page.locator("iframe")).toHaveCount(1);
    await expect(page.locator("iframe")).toHaveAttribute("sandbox", "allow-scripts");
    const frame = page.frames().find((each) => each.parentFrame() !== null);
    expect(await frame?.evaluate(() => self.origin)).toBe("null");
    const reach = await frame?.evaluate(() => {
      const tries = [() => parent.document.title, () => localStorage.length, () => document.cookie];
      return tries.map((attempt) => {
        try {
          attempt();
          return "reached";
        } catch {
          return "refused";
        }
      });
    });
    expect(reach).toEqual(["refused", "refused", "refused"]);
    expect(await page.evaluate(() => "attacked" in window)).toBe(false);
    expect(dialogs).toEqual([]);
    expect(page.url()).toContain(id);
    expect(await page.title()).not.toBe("1");
    await page.screenshot({ path: "test-results/diagrams.png" });
  });
}
