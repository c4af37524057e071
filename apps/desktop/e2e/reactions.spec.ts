/** Comments answered by an emoji: live for the other person, by keys alone, undone, and offline. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "./barriers.ts";
import type { Guildhall, Person } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { openAs, saveState } from "./people.ts";
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

const reactions = (page: Page) => page.getByRole("list", { name: "Reactions" });

test("two people react to a comment", async ({ browser }) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "viewer" });
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
  const task = await ann.api.tasks.create.mutate({ projectId: project.id, title: "Lend books" });
  await ann.api.comments.create.mutate({ taskId: task.id, body: "Shall we begin?" });
  const at = `/w/${workspaceId}/task/${task.key}`;
  const [annPage, benPage] = [await open(browser, ann, at), await open(browser, ben, at)];

  await test.step("one picks by keys, the other sees it and joins", async () => {
    const comment = benPage.getByRole("article", { name: "Comment by Ann" });
    await comment.getByRole("button", { name: "Add reaction" }).focus();
    await benPage.keyboard.press("Enter");
    await benPage.getByLabel("Search emoji").fill("tada");
    await expect(benPage.getByRole("button", { name: "party popper" })).toBeVisible();
    await benPage.keyboard.press("Enter");
    await expect(reactions(benPage).getByRole("button", { name: "🎉 1: You" })).toBeVisible();
    await reactions(annPage).getByRole("button", { name: "🎉 1: Ben" }).click();
    await expect(
      reactions(benPage).getByRole("button", { name: "🎉 2: You and Ann" }),
    ).toHaveAttribute("aria-pressed", "true");
  });

  await test.step("the last ones come first, and the arrows walk through all", async () => {
    await reactions(benPage).getByRole("button", { name: "Add reaction" }).click();
    const recent = benPage.getByRole("region", { name: "Recent" });
    await expect(recent.getByRole("button", { name: "party popper" })).toBeVisible();
    await benPage.keyboard.press("ArrowDown");
    await expect(recent.getByRole("button")).toBeFocused();
    await benPage.keyboard.press("ArrowRight");
    await expect(benPage.getByRole("button", { name: "grinning face", exact: true })).toBeFocused();
    expect(await barriers(benPage)).toEqual([]);
    await benPage.keyboard.press("Escape");
  });

  await test.step("without a connection, and undone", async () => {
    await goOffline(annPage.context());
    await reactions(annPage).getByRole("button", { name: "🎉 2: Ben and You" }).click();
    await expect(reactions(annPage).getByRole("button", { name: "🎉 1: Ben" })).toBeVisible();
    await annPage.context().setOffline(false);
    await expect(saveState(annPage, "Saved")).toBeVisible();
    await expect(reactions(benPage).getByRole("button", { name: "🎉 1: You" })).toBeVisible();
    await annPage.keyboard.press("ControlOrMeta+z");
    await expect(
      reactions(benPage).getByRole("button", { name: "🎉 2: You and Ann" }),
    ).toBeVisible();
  });
});
