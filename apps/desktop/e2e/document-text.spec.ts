/** What one person writes into a document, as the page takes it. */
import { readMarkdown } from "@guildhall/api/document-markdown";
import { writeDocument } from "@guildhall/api/document-model";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { uuidv7 } from "uuidv7";
import { type Guildhall, type Person, startGuildhall } from "./guildhall.ts";
import { signIn } from "./people.ts";

let guildhall: Guildhall;
let ann: Person;
let workspaceId: string;

test.beforeAll(async () => {
  guildhall = await startGuildhall();
  ann = await guildhall.person("Ann");
  workspaceId = (await ann.api.workspaces.create.mutate({ name: "Old Mill" })).id;
});
test.afterAll(() => guildhall.stop());

const text = (page: Page) => page.getByLabel("Text", { exact: true });

async function open(browser: Browser, title: string) {
  const { id } = await ann.api.documents.create.mutate({ workspaceId, title });
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, guildhall.url, ann);
  await page.goto(`${guildhall.url}/w/${workspaceId}/d/${id}`);
  await expect(text(page)).toBeVisible({ timeout: 60_000 });
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
