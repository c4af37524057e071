/** Two people: one mentions the other, who is told at once and opens the very comment. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "./guildhall.ts";
import { cardIn, openAs, saveState, textField } from "./people.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const inboxEntry = (page: Page) =>
  page.getByRole("navigation", { name: "Workspace" }).getByRole("link", { name: /^Inbox/ });
const line = (page: Page, title: string) =>
  page.getByRole("grid", { name: "Notifications" }).getByRole("row", { name: title });

async function makeMill() {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const asked = { workspaceId, name: "Wheel", key: "WHEEL" };
  const project = await ann.api.projects.create.mutate(asked);
  const task = (title: string) => ann.api.tasks.create.mutate({ projectId: project.id, title });
  return { ann, ben, workspaceId, task, board: `/w/${workspaceId}/p/WHEEL/board` };
}

async function open(browser: Browser, person: Person, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, guildhall.url + path);
  return page;
}

test("who is mentioned is told at once, and opens the very comment", async ({ browser }) => {
  const { ann, ben, board, task } = await makeMill();
  const { id: taskId } = await task("Mend the race");
  for (let i = 0; i < 12; i++) {
    await ann.api.comments.create.mutate({ taskId, body: `Measured it ${i} times.` });
  }
  const benPage = await open(browser, ben, board);
  await expect(cardIn(benPage, "To do", "Mend the race")).toBeVisible();
  await expect(inboxEntry(benPage)).toHaveAccessibleName("Inbox");
  const before = await benPage.title();

  const annPage = await open(browser, ann, board);
  await cardIn(annPage, "To do", "Mend the race").click();
  await textField(annPage, "Comment").click();
  await annPage.keyboard.type("Look, @be");
  await annPage.getByRole("option", { name: "Ben" }).click();
  await annPage.keyboard.press("Control+Enter");
  await expect(annPage.getByRole("article").getByText("@Ben")).toBeVisible();

  await expect(inboxEntry(benPage)).toHaveAccessibleName("Inbox 1 unread");
  await expect(benPage).toHaveTitle(`(1) ${before}`);
  const toast = benPage.getByRole("dialog").filter({ hasText: "Ann mentioned you" });
  await expect(toast).toContainText("WHEEL-1 Mend the race");
  await toast.getByRole("button", { name: "Open" }).click();
  await expect(benPage).toHaveURL(/\/task\/WHEEL-1#comment-/);
  await expect(benPage.getByText("Look, @Ben")).toBeInViewport();

  await test.step("from the inbox too, which counts it no more", async () => {
    await benPage.keyboard.press("g");
    await benPage.keyboard.press("i");
    await expect(line(benPage, "Mend the race")).toContainText("Ann mentioned you Look, @Ben");
    await benPage.keyboard.press("j");
    await expect(benPage.getByRole("complementary").getByText("Look, @Ben")).toBeInViewport();
    await expect(inboxEntry(benPage)).toHaveAccessibleName("Inbox");
    await expect(benPage).toHaveTitle(before);
    // It stays under its reader's eyes.
    await expect(line(benPage, "Mend the race")).toBeVisible();
  });
});

test("the inbox is worked through by keys, alike on every device, and all of it can be undone", async ({
  browser,
}) => {
  const { ann, ben, workspaceId, task } = await makeMill();
  for (const title of ["First", "Second", "Third"]) {
    const { id } = await task(title);
    await ann.api.tasks.update.mutate({ id, patch: { assigneeIds: [ben.id] } });
  }
  const page = await open(browser, ben, `/w/${workspaceId}/inbox`);
  const other = await open(browser, ben, `/w/${workspaceId}/inbox`);
  await expect(inboxEntry(page)).toHaveAccessibleName("Inbox 3 unread");
  // The newest is on top. The count may be there before the list.
  await expect(line(page, "Third")).toBeVisible();
  await page.keyboard.press("j");
  await expect(line(page, "Third")).toBeFocused();
  await expect(line(page, "Third")).toHaveAttribute("aria-selected", "true");
  await expect(inboxEntry(other)).toHaveAccessibleName("Inbox 2 unread");
  await page.keyboard.press("u");
  await expect(inboxEntry(other)).toHaveAccessibleName("Inbox 3 unread");
  await page.keyboard.press("e");
  await expect(line(other, "Third")).toBeHidden();
  await expect(line(page, "Third")).toBeHidden();
  await expect(line(page, "Second")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(line(page, "First")).toBeFocused();
  await page.keyboard.press("h");
  await page.getByRole("button", { name: /Tomorrow morning/ }).click();
  await expect(line(page, "First")).toBeHidden();
  await expect(line(other, "First")).toBeHidden();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await expect(line(page, "Third")).toBeVisible();
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect(line(page, "First")).toBeVisible();
  await expect(line(other, "Third")).toBeVisible();
  await line(page, "Second").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/task\/WHEEL-2$/);
  await expect(saveState(page, "Saved")).toBeVisible();
});

test("a muted task, and a kind that is switched off, are told of no more", async ({ browser }) => {
  const { ann, ben, workspaceId, task } = await makeMill();
  const { id: taskId } = await task("Mend the race");
  await ann.api.tasks.update.mutate({ id: taskId, patch: { assigneeIds: [ben.id] } });
  const page = await open(browser, ben, `/w/${workspaceId}/task/WHEEL-1`);
  await expect(inboxEntry(page)).toHaveAccessibleName("Inbox 1 unread");
  await expect(page.getByRole("button", { name: "Mute" })).toBeEnabled();
  await page.keyboard.press("Shift+F");
  await expect(page.getByRole("button", { name: "Follow" })).toBeVisible();
  await expect(saveState(page, "Saved")).toBeVisible();
  await ann.api.comments.create.mutate({ taskId, body: "Of this he hears nothing." });

  await page.goto(`${guildhall.url}/w/${workspaceId}/settings?tab=notifications`);
  const assigned = page.getByRole("checkbox", { name: "A task is assigned to you: In app" });
  await assigned.click();
  await expect(assigned).not.toBeChecked();
  await expect
    .poll(() => ben.api.notifications.settings.query({ workspaceId }))
    .toMatchObject({ settings: [{ kind: "assigned", channel: "app", isOn: false }] });
  const { id } = await task("Oil the wheel");
  await ann.api.tasks.update.mutate({ id, patch: { assigneeIds: [ben.id] } });
  await ann.api.comments.create.mutate({ taskId: id, body: `[@Ben](guildhall:user/${ben.id})` });
  // The mention, and of the three others none.
  await expect(inboxEntry(page)).toHaveAccessibleName("Inbox 2 unread");
  await page.reload();
  await expect(assigned).not.toBeChecked();
  await expect(inboxEntry(page)).toHaveAccessibleName("Inbox 2 unread");
});
