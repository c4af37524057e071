/** An account's life in its person's settings: its picture, its data as a file, closing it and coming back. */
import { readFile } from "node:fs/promises";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Locator, type Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { fillSignIn, openAs, textField } from "../people.ts";
import { test } from "../test.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function choosePicture(page: Page, button: Locator, buffer: Buffer) {
  const asked = page.waitForEvent("filechooser");
  await button.press("Enter");
  const file = { name: "me.png", mimeType: "image/png", buffer };
  await (await asked).setFiles(file);
}

const memberRow = (page: Page, name: string) =>
  page.getByRole("list", { name: "Members" }).getByRole("listitem").filter({ hasText: name });

test("a picture is there for others at once, and so is none; a workspace has one too", async ({
  page,
  browser,
  guildhall,
}) => {
  const [ada, bob] = [await guildhall.person("Ada"), await guildhall.person("Bob")];
  const { id } = await ada.api.workspaces.create.mutate({ name: "Mill" });
  await joinWorkspace(ada, bob, { workspaceId: id, role: "editor" });
  const bobs = await (await browser.newContext()).newPage();
  await openAs(bobs, bob, `${guildhall.url}/w/${id}/members`);
  await expect(memberRow(bobs, "Ada")).toBeVisible();
  await expect(memberRow(bobs, "Ada").locator("img")).toHaveCount(0);

  await openAs(page, ada, `${guildhall.url}/w/${id}/settings`);
  const profile = page.getByRole("region", { name: "Profile" });
  const upload = profile.getByRole("button", { name: "Upload picture…" });
  await choosePicture(page, upload, Buffer.from("no picture"));
  await expect(profile.getByRole("alert")).toContainText("use a PNG, JPEG");
  await choosePicture(page, upload, PNG);
  await expect(profile.getByRole("button", { name: "Change picture…" })).toBeVisible();
  const shown = memberRow(bobs, "Ada").locator("img");
  await expect(shown).toBeVisible();
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100);
  await profile.getByRole("button", { name: "Remove" }).press("Enter");
  await expect(upload).toBeVisible();
  await expect(shown).toHaveCount(0);

  await page.getByRole("tab", { name: "Workspace" }).click();
  const workspace = page.getByRole("region", { name: "Workspace", exact: true });
  await choosePicture(page, workspace.getByRole("button", { name: "Upload picture…" }), PNG);
  await expect(
    bobs.getByRole("navigation").getByRole("button", { name: "Mill" }).locator("img"),
  ).toBeVisible();
});

test("one's own data is saved as a file, by who has just shown that it's them", async ({
  page,
  guildhall,
}) => {
  const ada = await guildhall.person("Ada");
  const { id } = await ada.api.workspaces.create.mutate({ name: "Mill" });
  const project = await ada.api.projects.create.mutate({
    workspaceId: id,
    name: "App",
    key: "APP",
  });
  await ada.api.tasks.create.mutate({ projectId: project.id, title: "Grind the wheat" });
  await openAs(page, ada, `${guildhall.url}/w/${id}/settings`);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export your data" }).press("Enter");
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^Guildhall data .*\.zip$/);
  const zip = unzipSync(await readFile(await file.path()));
  expect(strFromU8(zip["Mill/tasks/APP.csv"] ?? new Uint8Array())).toContain("Grind the wheat");
  expect(strFromU8(zip["account.json"] ?? new Uint8Array())).toContain(ada.email);
});

test("a closed account says so where it's open, keeps what wasn't sent, and is opened again by signing in", async ({
  page,
  browser,
  guildhall,
}) => {
  const [ada, bob] = [await guildhall.person("Ada"), await guildhall.person("Bob")];
  const { id } = await ada.api.workspaces.create.mutate({ name: "Mill" });
  await joinWorkspace(ada, bob, { workspaceId: id, role: "editor" });
  const project = await ada.api.projects.create.mutate({
    workspaceId: id,
    name: "App",
    key: "APP",
  });
  const task = await bob.api.tasks.create.mutate({ projectId: project.id, title: "Buy coal" });

  await openAs(page, ada, `${guildhall.url}/w/${id}/settings`);
  await page.getByRole("button", { name: "Close account…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Close your account?" });
  await expect(dialog.getByRole("alert")).toContainText("only owner");
  await expect(dialog.getByRole("alert")).toContainText("Mill");

  const elsewhere = await (await browser.newContext()).newPage();
  await openAs(elsewhere, bob, `${guildhall.url}/w/${id}/task/${task.key}`);
  await textField(elsewhere, "Comment").focus();
  await elsewhere.keyboard.type("From Durham?");
  const bobs = await (await browser.newContext()).newPage();
  await openAs(bobs, bob, `${guildhall.url}/w/${id}/settings`);
  await bobs.getByRole("button", { name: "Close account…" }).press("Enter");
  const asked = bobs.getByRole("dialog", { name: "Close your account?" });
  const close = asked.getByRole("button", { name: "Close account" });
  await expect(close).toBeDisabled();
  await asked.getByLabel(`Type ${bob.email} to confirm`).fill(bob.email);
  await close.press("Enter");
  await expect(bobs.getByRole("heading", { name: "Your account is closed" })).toBeVisible();
  await expect(elsewhere.getByRole("heading", { name: "Your account is closed" })).toBeVisible();
  await expect(elsewhere.getByRole("list", { name: "Unsent text" })).toContainText("From Durham?");

  await page.goto(`${guildhall.url}/w/${id}/members`);
  const closed = page.getByRole("list", { name: "Closed accounts" });
  await expect(closed).toContainText("Bob");
  await bobs.getByRole("button", { name: "Go to sign-in" }).press("Enter");
  await fillSignIn(bobs, { email: bob.email, password: "not the password" });
  await expect(bobs.getByText("Incorrect email or password")).toBeVisible();
  await fillSignIn(bobs, bob);
  await expect(bobs.getByRole("heading", { name: "Open your account again?" })).toBeVisible();
  await bobs.getByRole("button", { name: "Open my account again" }).press("Enter");
  await bobs.waitForURL(/\/w\//);
  await expect(closed).toHaveCount(0);
  await expect(memberRow(page, "Bob")).toBeVisible();
});
