/** What is one's own to do, what one follows, and what one began to say. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Page } from "@playwright/test";
import type { Guildhall } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const view = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const line = (page: Page, title: string) =>
  page.getByRole("grid").getByRole("row").filter({ hasText: title });

async function makeMill() {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const asked = { workspaceId, name: "Wheel", key: "WHEEL" };
  const { id: projectId } = await ann.api.projects.create.mutate(asked);
  const task = (title: string, more: object = {}) =>
    ann.api.tasks.create.mutate({ projectId, title, ...more });
  return { ann, ben, workspaceId, task, address: `${guildhall.url}/w/${workspaceId}/my-work` };
}

test("what is assigned, what presses, and what is followed: live", async ({ page }) => {
  const { ann, ben, address, task } = await makeMill();
  const mine = { assigneeIds: [ben.id] };
  await task("Mend the race", { ...mine, dueDate: "2020-01-01" });
  await task("Paint the door", mine);
  const { id: other } = await task("Oil the axle");
  await openAs(page, ben, address);
  await expect(line(page, "Mend the race")).toBeVisible();
  await expect(line(page, "Paint the door")).toBeVisible();

  await view(page, "Due").click();
  await expect(line(page, "Mend the race")).toBeVisible();
  await expect(line(page, "Paint the door")).toHaveCount(0);

  await view(page, "Followed").click();
  await expect(page.getByText("You don't follow any other tasks")).toBeVisible();
  const body = `Look, [@Ben](guildhall:user/${ben.id})`;
  await ann.api.comments.create.mutate({ taskId: other, body });
  await expect(line(page, "Oil the axle")).toBeVisible();
  await ann.api.tasks.update.mutate({ id: other, patch: { title: "Oil the great axle" } });
  await expect(line(page, "Oil the great axle")).toBeVisible();
  await page.keyboard.press("j");
  await expect(line(page, "Oil the great axle")).toBeFocused();
  await ann.api.tasks.update.mutate({ id: other, patch: mine });
  await expect(line(page, "Oil the great axle")).toHaveCount(0);
});

test("a comment that was begun is found again, and gone once it is sent or discarded", async ({
  page,
}) => {
  const { ann, workspaceId, task, address } = await makeMill();
  const { key } = await task("Mend the race");
  await openAs(page, ann, `${guildhall.url}/w/${workspaceId}/task/${key}`);
  await page.getByRole("textbox", { name: "Comment" }).click();
  await expect(page.locator('[contenteditable="true"]').first()).toBeFocused();
  await page.keyboard.type("It is rotten");
  // The editor puts it away in pauses.
  const stored = () => page.evaluate(() => JSON.stringify(localStorage));
  await expect.poll(stored).toContain("It is rotten");
  await page.goto(`${address}?show=drafts`);
  await expect(line(page, "It is rotten")).toContainText("WHEEL-1");
  await page.keyboard.press("j");
  await page.keyboard.press("Delete");
  await expect(page.getByText("No unsent comments")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await line(page, "It is rotten").click();
  await expect(page.getByRole("textbox", { name: "Comment" })).toContainText("It is rotten");
  await page.getByRole("textbox", { name: "Comment" }).click();
  await expect(page.locator('[contenteditable="true"]').first()).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("textbox", { name: "Comment" })).not.toContainText("It is rotten");
  await page.getByRole("link", { name: "My work" }).click();
  await view(page, "Drafts").click();
  await expect(page.getByText("No unsent comments")).toBeVisible();
});
