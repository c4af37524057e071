/** A device that stores nothing: said once, the app goes on online, and nothing is shown as safe. */
import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { cardIn, column, openAs, quickAdd, saveState } from "./people.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
let ann: Person;
let projects = 0;
test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
});

/**
 * Chromium counts what is left of a quota anew after 30 s only, so it is set before anything is
 * stored: beyond it the device is full, and each transaction is aborted at its end.
 */
async function fillDisk(page: Page, { quota = 1 } = {}) {
  const cdp = await page.context().newCDPSession(page);
  const origin = new URL(guildhall.url).origin;
  const setQuota = (quotaSize?: number) =>
    cdp.send("Storage.overrideQuotaForOrigin", { origin, ...(quotaSize && { quotaSize }) });
  await setQuota(quota);
  return { free: () => setQuota() };
}

async function openBoard(context: BrowserContext, prepare?: (page: Page) => Promise<unknown>) {
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const key = `MILL${++projects}`;
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "Mill", key });
  await ann.api.tasks.create.mutate({ projectId: project.id, title: "A stone" });
  const { id: documentId } = await ann.api.documents.create.mutate({ workspaceId, title: "Log" });
  const page = await context.newPage();
  await prepare?.(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await openAs(page, ann, `${guildhall.url}/w/${workspaceId}/p/${key}/board`);
  await expect(column(page, "To do")).toBeVisible();
  const titles = async () => {
    const { items } = await ann.api.tasks.list.query({ projectId: project.id });
    return items.map(({ title }) => title).sort();
  };
  return { page, errors, titles, document: `${guildhall.url}/w/${workspaceId}/d/${documentId}` };
}

/**
 * Closes it as a person would, once this device has refused what is at risk: until then the page would still store it
 * elsewhere, and go without a word. What the browser then asks; they stay.
 */
async function askToClose(page: Page): Promise<string> {
  const asks = () =>
    page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  await expect.poll(asks).toBe(true);
  const asked = page.waitForEvent("dialog");
  void page.close({ runBeforeUnload: true });
  const dialog = await asked;
  await dialog.dismiss();
  return dialog.type();
}

async function worksOnline(context: BrowserContext, prepare?: (page: Page) => Promise<unknown>) {
  const { page, errors, titles, document } = await openBoard(context, prepare);
  await quickAdd(page, "To do", "Online");
  await expect(saveState(page, "Saved, online only")).toBeVisible();
  expect(await titles()).toEqual(["A stone", "Online"]);
  await saveState(page, "Saved, online only").click();
  await expect(page.getByText("This device isn't storing data")).toBeVisible();
  await page.keyboard.press("Escape");

  await goOffline(context);
  await quickAdd(page, "To do", "At risk");
  await expect(cardIn(page, "To do", "At risk")).toBeVisible();
  await expect(saveState(page, "Offline, 1 unsaved")).toBeVisible();
  expect(await askToClose(page)).toBe("beforeunload");
  await context.setOffline(false);
  await expect(saveState(page, "Saved, online only")).toBeVisible();
  expect(await titles()).toEqual(["A stone", "At risk", "Online"]);

  await page.goto(document);
  const text = page.getByLabel("Text", { exact: true });
  await text.click();
  await page.keyboard.type("Written all the same.");
  await expect(saveState(page, "Saved, online only")).toBeVisible();
  await page.reload();
  await expect(text).toContainText("Written all the same.");
  expect(errors).toEqual([]);
}

test("where there is no IndexedDB, as in some private windows", async ({ context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { value: undefined });
  });
  await worksOnline(context);
});

test("where IndexedDB does not open, as when the profile is damaged", async ({ context }) => {
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("A mutation operation was attempted.", "InvalidStateError");
    };
  });
  await worksOnline(context);
});

test("where the disk or the quota is full, until there is room again", async ({ context }) => {
  let disk: Awaited<ReturnType<typeof fillDisk>> | undefined;
  await worksOnline(context, async (page) => {
    disk = await fillDisk(page);
  });
  await disk?.free();
  const page = context.pages()[0];
  if (!page) throw new Error("the page is open");
  await page.getByLabel("Text", { exact: true }).click();
  await page.keyboard.type(" There is room again.");
  await expect(saveState(page, "Saved")).toBeVisible();
});

test("where the disk becomes full in the middle of the work", async ({ context }) => {
  const opened = await openBoard(context, (page) => fillDisk(page, { quota: 400_000 }));
  const { page, errors, document } = opened;
  await quickAdd(page, "To do", "There is room");
  await expect(saveState(page, "Saved")).toBeVisible();
  await page.goto(document);
  const text = page.getByLabel("Text", { exact: true });
  await text.click();
  await page.keyboard.insertText("More than there is room for. ".repeat(20_000));
  await page.keyboard.type("The end.");
  await expect(saveState(page, "Saved, online only")).toBeVisible();
  await page.reload();
  await expect(text).toContainText("The end.");
  expect(errors).toEqual([]);
});
