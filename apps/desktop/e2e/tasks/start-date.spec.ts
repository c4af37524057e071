/** The whole life of a property that is one row of the tables: set, seen, filtered, sorted, carried. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { cardIn, enter, saveState } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
let ann: Person;
test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
});

/** "yyyy-mm-dd" in the zone of the page. */
const dayFromNow = (page: Page, days: number) =>
  page.evaluate((by) => {
    const now = new Date();
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + by);
    const two = (n: number) => String(n).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  }, days);

const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("checkbox") });
const picker = (page: Page, name: string) => page.getByRole("dialog", { name });

test("a start date is set by key, offline too, and is filtered, sorted, undone, exported and imported", async ({
  page,
  context,
}, info) => {
  const { api } = ann;
  const { id: workspaceId } = await api.workspaces.create.mutate({ name: "Mill" });
  const project = await api.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
  const copy = await api.projects.create.mutate({ workspaceId, name: "Copy", key: "COPY" });
  const projectId = project.id;
  await enter(page, ann, guildhall.url);
  const [today, tomorrow, later] = await Promise.all([0, 1, 9].map((n) => dayFromNow(page, n)));
  const task = (title: string, more: { dueDate?: string; startDate?: string } = {}) =>
    api.tasks.create.mutate({ projectId, title, ...more });
  const wheel = await task("Wheel", { dueDate: today });
  await task("Sluice", { startDate: later });
  await task("Pond");
  const open = (path: string) => page.goto(`${guildhall.url}/w/${workspaceId}/p/${path}`);
  const stored = async (id = wheel.id) => (await api.tasks.get.query({ id })).startDate;

  await open("APP/board");
  const card = cardIn(page, "To do", "Wheel");
  await card.focus();
  await page.keyboard.press("Shift+D");
  const day = (iso = "") => picker(page, "Start date").locator(`[data-day="${iso}"] button`);
  await expect(day(today)).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriers(page, { part: '[role="dialog"]' })).toEqual([]);
    await info.attach(`picker-${colorScheme}`, {
      body: await page.screenshot(),
      contentType: "image/png",
    });
  }
  // What comes after the due date can't be chosen.
  await expect(day(tomorrow)).toBeDisabled();
  await expect(picker(page, "Start date").getByRole("button", { name: "Tomorrow" })).toBeDisabled();
  await picker(page, "Start date").getByRole("button", { name: "Today" }).click();
  await expect(cardIn(page, "To do", "Wheel").getByText("starts")).toBeAttached();
  await expect(saveState(page, "Saved")).toBeVisible();
  expect(await stored()).toBe(today);

  // Offline it is shown at once, and saved when the connection is back.
  await goOffline(context);
  await card.focus();
  await page.keyboard.press("Shift+D");
  await picker(page, "Start date").getByRole("button", { name: "Clear" }).click();
  await expect(card.getByText("starts")).toHaveCount(0);
  await expect(saveState(page, /Offline/)).toBeVisible();
  await context.setOffline(false);
  await expect(saveState(page, "Saved")).toBeVisible();
  expect(await stored()).toBeNull();
  await card.focus();
  await page.keyboard.press("Control+z");
  await expect(card.getByText("starts")).toBeAttached();
  await expect(saveState(page, "Saved")).toBeVisible();
  expect(await stored()).toBe(today);

  // The due date in turn can't go before it.
  await card.focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "Properties" });
  await expect(panel.getByRole("button", { name: "Today" }).first()).toBeVisible();
  await expect(page.getByText(/set the start date to/).first()).toBeVisible();
  await info.attach("panel", { body: await page.screenshot(), contentType: "image/png" });

  // Sorted: the earliest first, and what has none last.
  await open("APP/list?group=none&sort=start");
  await expect(rows(page)).toHaveCount(3);
  const titles = () =>
    rows(page).evaluateAll((all) =>
      all.map((row) => row.textContent?.match(/Wheel|Sluice|Pond/)?.[0]),
    );
  expect(await titles()).toEqual(["Wheel", "Sluice", "Pond"]);

  // Filtered, from the bar into the address.
  await page
    .getByRole("button", { name: /^Filter/ })
    .first()
    .click();
  await page.getByRole("combobox", { name: "Start" }).click();
  await page.getByRole("option", { name: "Not yet begun" }).click();
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(1);
  expect(await titles()).toEqual(["Sluice"]);
  await expect(page).toHaveURL(/start=later/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriers(page, { part: "search" })).toEqual([]);
    await info.attach(`filter-${colorScheme}`, {
      body: await page.screenshot(),
      contentType: "image/png",
    });
  }

  // Of many at once.
  await open("APP/list?group=none&sort=start");
  await expect(rows(page)).toHaveCount(3);
  await rows(page).nth(1).focus();
  await page.keyboard.press("x");
  await rows(page).nth(2).focus();
  await page.keyboard.press("x");
  await page.getByRole("toolbar").getByRole("button", { name: "Start date" }).click();
  await picker(page, "Start date").getByRole("button", { name: "Tomorrow" }).click();
  await expect(rows(page).getByText("starts")).toHaveCount(3);
  await expect(saveState(page, "Saved")).toBeVisible();

  // Carried into another project by a file.
  await page.getByRole("button", { name: "Project options" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export as CSV" }).click(),
  ]);
  const buffer = await readFile(await download.path());
  expect(buffer.toString()).toContain("Start date,Due date");
  await open("COPY/import");
  const file = { name: "tasks.csv", mimeType: "text/csv", buffer };
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole("button", { name: "Preview import" }).click();
  await page
    .getByRole("button", { name: /^Import/ })
    .last()
    .click();
  await expect(page.getByText("Import complete")).toBeVisible();
  const { items } = await api.tasks.list.query({ projectId: copy.id, limit: 10 });
  expect(items.map(({ title, startDate }) => [title, startDate])).toEqual([
    ["Wheel", today],
    ["Sluice", tomorrow],
    ["Pond", tomorrow],
  ]);
});
