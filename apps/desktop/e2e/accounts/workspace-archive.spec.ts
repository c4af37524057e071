/** A workspace leaves as one file, and comes in again as an equal one. */
import { expect } from "@playwright/test";
import { barriers } from "../barriers.ts";
import { column, openAs } from "../people.ts";
import { test } from "../test.ts";

test("an owner exports everything, and imports it as a new workspace, checked before", async ({
  page,
  guildhall,
}) => {
  const ann = await guildhall.person("Ann");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "Mill", key: "MILL" });
  await ann.api.tasks.create.mutate({ projectId: project.id, title: "Grind the corn" });
  await ann.api.documents.create.mutate({ workspaceId, title: "How to grind" });

  await openAs(page, ann, `${guildhall.url}/w/${workspaceId}/settings?tab=workspace`);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export everything" }).press("Enter"),
  ]);
  const file = await saved.path();

  await page.goto(`${guildhall.url}/new-workspace`);
  await page.getByRole("button", { name: "Import a workspace" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Import a workspace" })).toBeVisible();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file" }).press("Enter");
  await (await choosing).setFiles({
    name: "notes.zip",
    mimeType: "application/zip",
    buffer: Buffer.from("no archive"),
  });
  await expect(page.getByText("Nothing was imported", { exact: true })).toBeVisible();
  const again = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose another file" }).press("Enter");
  await (await again).setFiles(file);
  const found = page.getByRole("region", { name: "In this file" });
  await expect(found).toContainText("Old Mill");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Import Old Mill" }).press("Enter");
  await page.getByRole("button", { name: "Open Old Mill" }).press("Enter");
  await expect(page.getByRole("link", { name: /Mill MILL/ })).toBeVisible();
  await page.getByRole("link", { name: /Mill MILL/ }).click();
  await expect(column(page, "Backlog").or(column(page, "To do")).first()).toBeVisible();
  await expect(page.getByText("Grind the corn")).toBeVisible();
  const { length } = await ann.api.workspaces.list.query();
  expect(length).toBe(2);
});
