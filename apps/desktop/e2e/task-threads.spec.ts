/** Threads on a task: answered, quoted, resolved, looked back at and linked to; live, and by keys. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "./barriers.ts";
import type { Guildhall, Person } from "./guildhall.ts";
import { openAs } from "./people.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

async function open(browser: Browser, person: Person, at: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, guildhall.url + at);
  return page;
}

const thread = (page: Page) => page.getByRole("region", { name: "Thread" }).first();

test("two people talk in a thread on a task", async ({ browser }) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "viewer" });
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
  const task = await ann.api.tasks.create.mutate({ projectId: project.id, title: "Lend books" });
  const first = await ann.api.comments.create.mutate({ taskId: task.id, body: "Shall we begin?" });
  const at = `/w/${workspaceId}/task/${task.key}`;
  const [annPage, benPage] = [await open(browser, ann, at), await open(browser, ben, at)];

  await test.step("one answers by keys, the other sees it in the thread", async () => {
    await thread(benPage).getByRole("button", { name: "Reply" }).focus();
    await benPage.keyboard.press("Enter");
    await expect(thread(benPage).getByRole("textbox", { name: "Reply" })).toBeFocused();
    await benPage.keyboard.type("Tomorrow");
    await benPage.keyboard.press("ControlOrMeta+Enter");
    await expect(thread(annPage).getByRole("article", { name: "Comment by Ben" })).toContainText(
      "Tomorrow",
    );
    await expect(annPage.getByRole("region", { name: "Thread" })).toHaveCount(1);
  });

  await test.step("a quote names its author", async () => {
    const answer = thread(annPage).getByRole("article", { name: "Comment by Ben" });
    await answer.getByRole("button", { name: "Comment options" }).focus();
    await annPage.keyboard.press("Enter");
    await annPage.getByRole("menuitem", { name: "Quote in reply" }).focus();
    await annPage.keyboard.press("Enter");
    const box = thread(annPage).getByRole("textbox", { name: "Reply" });
    await expect(box).toBeFocused();
    await annPage.keyboard.type("At nine?");
    await annPage.keyboard.press("ControlOrMeta+Enter");
    const quoted = thread(benPage).getByRole("article", { name: "Comment by Ann" }).last();
    await expect(quoted.locator("blockquote")).toContainText("Ben:");
    await expect(quoted.locator("blockquote")).toContainText("Tomorrow");
    await expect(quoted).toContainText("At nine?");
  });

  await test.step("what was edited shows what it said before", async () => {
    await ann.api.comments.update.mutate({ id: first.id, body: "Shall we begin soon?" });
    await thread(benPage).getByRole("button", { name: "Edited: show earlier versions" }).focus();
    await benPage.keyboard.press("Enter");
    const versions = benPage.getByRole("dialog", { name: "Earlier versions" });
    await expect(versions).toContainText("Shall we begin?");
    for (const colorScheme of ["light", "dark"] as const) {
      await benPage.emulateMedia({ colorScheme });
      expect(await barriers(benPage)).toEqual([]);
    }
    await benPage.keyboard.press("Escape");
  });

  await test.step("resolved it is folded up, and undone it is not", async () => {
    await thread(benPage).getByRole("button", { name: "Resolve" }).focus();
    await benPage.keyboard.press("Enter");
    const folded = annPage.getByRole("button", {
      name: /Thread by Ann, 2 replies · resolved by Ben/,
    });
    await expect(folded).toBeVisible();
    await benPage.keyboard.press("ControlOrMeta+z");
    await expect(folded).toHaveCount(0);
    await thread(benPage).getByRole("button", { name: "Resolve" }).click();
    await expect(folded).toBeVisible();
  });

  await test.step("a link to an answer opens the resolved thread at that very answer", async () => {
    const comments = await ann.api.comments.list.query({ taskId: task.id });
    const answer = comments.find(({ body }) => body === "Tomorrow");
    await annPage.goto(`${guildhall.url}${at}#comment-${answer?.id}`);
    const shown = thread(annPage).getByRole("article", { name: "Comment by Ben" });
    await expect(shown).toBeInViewport();
    await expect(shown).toHaveCSS("outline-style", "solid");
    await thread(annPage).getByRole("button", { name: "Reopen" }).click();
    await expect(thread(benPage).getByRole("button", { name: "Resolve" })).toBeVisible();
  });
});
