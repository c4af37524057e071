/** What happened, read while it goes on. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Page } from "@playwright/test";
import type { Guildhall } from "../guildhall.ts";
import { cardIn, column, openAs } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const line = (page: Page, text: string | RegExp) =>
  page.getByRole("treegrid", { name: "Activity" }).getByRole("row").filter({ hasText: text });

async function makeMill() {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const asked = { workspaceId, name: "Wheel", key: "WHEEL" };
  const project = await ann.api.projects.create.mutate(asked);
  const statusOf = (category: string) =>
    project.statuses.find((status) => status.category === category)?.id ?? "";
  const task = (title: string) => ann.api.tasks.create.mutate({ projectId: project.id, title });
  return { ann, ben, workspaceId, project, statusOf, task };
}

test("a new change appears at once; what one person did to one thing is one line that opens", async ({
  page,
}) => {
  const { ann, ben, project, statusOf, task } = await makeMill();
  const { id } = await task("Mend the race");
  await openAs(page, ben, `${guildhall.url}/w/${project.workspaceId}/p/WHEEL/board`);
  await page.getByRole("button", { name: "Project options" }).click();
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await expect(line(page, "Ann created the task · WHEEL-1 Mend the race")).toBeVisible();
  await expect(line(page, "Ann created the project · Wheel")).toBeVisible();
  await expect(line(page, "added the status")).toHaveCount(0);

  await ben.api.comments.create.mutate({ taskId: id, body: "It is **rotten**" });
  await expect(line(page, /Ben commented · WHEEL-1 Mend the race\s*It is rotten/)).toBeVisible();

  for (const category of ["started", "completed"]) {
    const patch = { statusId: statusOf(category) };
    await ann.api.tasks.update.mutate({ id, patch });
  }
  await ann.api.tasks.update.mutate({ id, patch: { title: "Mend the mill race" } });
  const group = line(page, "Ann made 3 changes · WHEEL-1 Mend the mill race");
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("j");
  await expect(group).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(group).toHaveAttribute("aria-expanded", "true");
  await expect(line(page, "changed the status from In progress to Done")).toBeVisible();

  await page.keyboard.press("j");
  await expect(line(page, "Ben commented")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/task\/WHEEL-1#comment-/);
});

test("what is taken from one's sight vanishes, with the names of it", async ({ page }) => {
  const { ann, ben, workspaceId, project, task } = await makeMill();
  await task("Buy the other mill");
  await openAs(page, ben, `${guildhall.url}/w/${workspaceId}/activity`);
  await expect(line(page, "Buy the other mill")).toBeVisible();
  const patch = { visibility: "private" as const };
  await ann.api.projects.update.mutate({ id: project.id, patch });
  await expect(line(page, "joined the workspace")).not.toHaveCount(0);
  await expect(line(page, "Buy the other mill")).toHaveCount(0);
});

test("the board is looked at as it was, from a line of activity or by a time, and left for now", async ({
  page,
}) => {
  const { ann, ben, project, statusOf, task } = await makeMill();
  const { id } = await task("Mend the race");
  await ben.api.tasks.update.mutate({ id, patch: { statusId: statusOf("completed") } });
  await ann.api.statuses.create.mutate({
    ...{ projectId: project.id, name: "Waiting", category: "started" },
  });
  await openAs(page, ben, `${guildhall.url}/w/${project.workspaceId}/p/WHEEL/activity`);
  await expect(line(page, "Ann created the task")).toBeVisible();
  await line(page, "Ann created the task")
    .getByRole("button", { name: "Show the board at this moment" })
    .click();
  await expect(page.getByRole("status").filter({ hasText: /^As of / })).toBeVisible();
  await expect(column(page, "To do").getByRole("button", { name: "Mend the race" })).toBeVisible();
  await expect(column(page, "Done", 0)).toBeVisible();
  await expect(column(page, "Waiting")).toHaveCount(0);

  await page.getByLabel("Show the board as of").fill("2020-02-02T12:00");
  await expect(page.getByText("Wheel didn't exist yet")).toBeVisible();
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(cardIn(page, "Done", "Mend the race")).toBeVisible();
});
