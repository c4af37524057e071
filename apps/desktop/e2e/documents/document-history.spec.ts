/** What is said about a text, and how it read before: two people in one document. */

import { writeDocument } from "@guildhall/document-model";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import type { Editor } from "@tiptap/core";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs, textField } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const marks = (page: Page) => page.locator(".comment-mark");
const text = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });

test("a comment stays at its words, live; a version is named, compared and restored", async ({
  browser,
}) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const address = await makeDocument(ann, ben);
  const annPage = await open(browser, ann, address);
  const benPage = await open(browser, ben, address);
  await expect(text(benPage)).toContainText("The race has been leaking");

  await select(annPage, "leaking since spring");
  await annPage.keyboard.press("Control+Alt+m");
  await textField(annPage, "New comment").fill("Since March, I think.");
  await annPage.keyboard.press("Control+Enter");
  await expect(marks(benPage)).toHaveText("leaking since spring");

  // What is written before the words, and a new paragraph between, leaves them marked.
  await select(annPage, "The race");
  await annPage.keyboard.type("By now the old race");
  await select(annPage, "leaking");
  await annPage.keyboard.press("ArrowLeft");
  await untilSelected(annPage, "");
  await annPage.keyboard.press("Enter");
  await expect(text(benPage)).toContainText("By now the old race");
  await expect(text(benPage).locator("p")).toHaveCount(3);
  for (const page of [annPage, benPage]) {
    await expect(marks(page)).toHaveText("leaking since spring");
  }

  await marks(benPage).click();
  await benPage.getByRole("button", { name: "Reply…" }).click();
  await expect(textField(benPage, "Reply")).toBeFocused();
  await benPage.keyboard.type("At the gate.\n- [ ] Ask the mill");
  await benPage.keyboard.press("Control+Enter");
  await expect(annPage.getByRole("article", { name: "Comment by Ben" })).toContainText(
    "At the gate.",
  );
  // What a comment on a task can, one on words can too: a box that is ticked, a link to itself.
  const reply = (page: Page) => page.getByRole("article", { name: "Comment by Ben" });
  await reply(benPage).getByRole("checkbox").click();
  await expect(reply(annPage).getByRole("checkbox")).toBeChecked();
  await expect(reply(annPage).getByRole("checkbox")).toBeDisabled();
  await reply(annPage).getByRole("button", { name: "Comment options" }).click();
  await annPage.getByRole("menuitem", { name: "Copy link", exact: true }).click();
  await expect(annPage.getByText("Link copied")).toBeVisible();
  const copied = await annPage.evaluate(() => navigator.clipboard.readText());
  const linked = await annPage.context().newPage();
  await linked.goto(copied);
  await expect(reply(linked)).toBeInViewport();
  await linked.close();
  expect(await barriers(benPage)).toEqual([]);
  await benPage.getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(annPage.getByText(/^Resolved by Ben/)).toBeVisible();

  await annPage.getByRole("button", { name: "History", exact: true }).first().click();
  await expect(marks(annPage)).toHaveCount(0);
  await annPage.getByRole("button", { name: "Name version" }).click();
  await annPage.getByLabel("Version name").fill("Before the meeting");
  await annPage.keyboard.press("Enter");
  const version = annPage.getByRole("button", { name: /Before the meeting/ });
  await expect(version).toBeVisible();

  await select(benPage, "frost");
  await benPage.keyboard.type("first snow");
  await expect(text(annPage)).toContainText("before the first snow");
  await version.click();
  const earlier = annPage.getByRole("region", { name: "Earlier version" });
  await expect(earlier.locator("del")).toHaveText("frost");
  await expect(earlier.locator("ins")).toHaveText("first snow");
  await expect(earlier.getByRole("status")).toHaveText("1 change");
  expect(await barriers(annPage)).toEqual([]);
  await earlier.getByRole("button", { name: "Restore" }).click();
  await expect(text(benPage)).toContainText("before the frost");
  await expect(annPage.getByRole("button", { name: /Before restoring/ })).toBeVisible();
});

async function makeDocument(ann: Person, ben: Person): Promise<string> {
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const { id: documentId } = await ann.api.documents.create.mutate({ workspaceId, title: "Plan" });
  const content = [
    paragraph("The race has been leaking since spring."),
    paragraph("We mend it before the frost."),
  ];
  const update = Buffer.from(writeDocument({ type: "doc", content })).toString("base64");
  await ann.api.documents.push.mutate({ documentId, id: crypto.randomUUID(), update });
  return `/w/${workspaceId}/d/${documentId}`;
}

async function open(browser: Browser, person: Person, address: string): Promise<Page> {
  const context = await browser.newContext();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  await openAs(page, person, guildhall.url + address);
  await expect(text(page)).toBeVisible();
  return page;
}

/** As with the mouse, and the editor knows of it. */
async function select(page: Page, words: string) {
  await text(page).evaluate((element, what) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(what) ?? -1;
      if (at < 0) continue;
      (element as HTMLElement).focus();
      getSelection()?.setBaseAndExtent(node, at, node, at + what.length);
      return;
    }
    throw new Error(`"${what}" is not in the text.`);
  }, words);
  await untilSelected(page, words);
}

type EditorElement = HTMLElement & { editor: Pick<Editor, "state"> };

/** The editor reads the selection in its own time, and goes by what it has read. */
async function untilSelected(page: Page, words: string) {
  const read = () =>
    text(page).evaluate((element) => {
      const { doc, selection } = (element as EditorElement).editor.state;
      return doc.textBetween(selection.from, selection.to);
    });
  await expect.poll(read).toBe(words);
}
