/** The pages as in the desktop app, with a bridge that the test gives: what they tell main, and do by its word. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Page } from "@playwright/test";
import { giveBridge } from "../fixtures/desktop-bridge.ts";
import type { Guildhall } from "../guildhall.ts";
import { saveState } from "../people.ts";
import { test } from "../test.ts";

async function team(guildhall: Guildhall) {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const { id: projectId } = await ann.api.projects.create.mutate({
    ...{ workspaceId, name: "Wheel", key: "WHEEL" },
  });
  return { ann, ben, workspaceId, projectId };
}

const open = (page: Page, { url }: Guildhall, token: string) => giveBridge(page, { url, token });

test("what is new goes to the system once, as its person has set it, and opens its place", async ({
  page,
  guildhall,
}) => {
  const { ann, ben, workspaceId, projectId } = await team(guildhall);
  const bridge = await open(page, guildhall, ann.token);
  // Behind another program.
  await page.addInitScript(() => {
    document.hasFocus = () => false;
  });
  // What is there at the first look is no news; once it is counted, that look is over.
  await ben.api.tasks.create.mutate({ projectId, title: "An old wheel", assigneeIds: [ann.id] });
  const listed = () => ann.api.notifications.list.query({ workspaceId });
  await expect.poll(async () => (await listed()).items.length).toBe(1);
  await page.goto(`${guildhall.url}/w/${workspaceId}/my-work`);
  await expect.poll(() => bridge.of("setUnread").at(-1)).toEqual({ workspaceId, count: 1 });
  await ben.api.tasks.create.mutate({ projectId, title: "A new wheel", assigneeIds: [ann.id] });
  await expect
    .poll(() => bridge.of("tellNews"))
    .toMatchObject([
      {
        title: "Ben assigned you",
        body: "WHEEL-2 A new wheel",
        path: `/w/${workspaceId}/task/WHEEL-2`,
      },
    ]);
  await expect.poll(() => bridge.of("setUnread").at(-1)).toEqual({ workspaceId, count: 2 });
  // It is the system's to show: no toast is there as well.
  await expect(page.getByText("Ben assigned you")).toHaveCount(0);

  await ann.api.notifications.setSettings.mutate({
    ...{ workspaceId, settings: [{ kind: "assigned", channel: "push", isOn: false }] },
  });
  await page.reload();
  await expect.poll(() => bridge.of("setUnread").at(-1)).toEqual({ workspaceId, count: 2 });
  await ben.api.tasks.create.mutate({ projectId, title: "Another", assigneeIds: [ann.id] });
  await expect.poll(() => bridge.of("setUnread").at(-1)).toEqual({ workspaceId, count: 3 });
  expect(bridge.of("tellNews")).toHaveLength(1);

  await bridge.tell("openPlace", `/w/${workspaceId}/task/WHEEL-2`);
  await expect(page.getByRole("heading", { name: "A new wheel" })).toBeVisible();
  await bridge.tell("menuCommand", "back");
  await expect(page).toHaveURL(/my-work$/);
});

test("quick add makes a task without a network, is closed by Enter and Escape, and says what waits", async ({
  page,
  context,
  guildhall,
}) => {
  const { ann, workspaceId, projectId } = await team(guildhall);
  const bridge = await open(page, guildhall, ann.token);
  await page.goto(`${guildhall.url}/w/${workspaceId}/my-work`);
  await expect(saveState(page, "Saved")).toBeVisible();
  await page.goto(`${guildhall.url}/quick-add`);
  const title = page.getByRole("textbox", { name: "Title" });
  await expect(title).toBeFocused();
  await context.setOffline(true);
  await page.keyboard.type("Oil the axle");
  await page.keyboard.press("Enter");
  await expect.poll(() => bridge.of("closeQuickAdd")).toHaveLength(1);
  await expect(title).toHaveValue("");
  await bridge.tell("askWaiting", true);
  await expect.poll(() => bridge.of("answerWaiting")).toEqual([1]);
  await page.keyboard.type("Not yet");
  await page.keyboard.press("Escape");
  await expect.poll(() => bridge.of("closeQuickAdd")).toHaveLength(2);
  // What was begun is still there, and typed over.
  await bridge.tell("quickAddShown", true);
  await expect(title).toHaveValue("Not yet");
  await context.setOffline(false);
  await expect
    .poll(async () => {
      const { items } = await ann.api.tasks.list.query({ projectId });
      return items.map((task) => task.title);
    })
    .toEqual(["Oil the axle"]);
});

test("the settings of the app: each is told to main, and a key that is taken is said", async ({
  page,
  guildhall,
}) => {
  const { ann, workspaceId } = await team(guildhall);
  const bridge = await open(page, guildhall, ann.token);
  await page.goto(`${guildhall.url}/w/${workspaceId}/settings?tab=desktop`);
  await page.getByRole("switch", { name: "Open at login" }).click();
  await expect(page.getByRole("switch", { name: "Open at login" })).toBeChecked();
  await page.getByRole("switch", { name: "Show in the system tray" }).click();
  const shortcut = page.getByRole("textbox", { name: "Shortcut" });
  await expect(shortcut).toHaveValue("Ctrl+Shift+Space");
  await shortcut.focus();
  await expect(shortcut).toHaveValue("Press the keys…");
  await page.keyboard.press("Control+Alt+K");
  await expect(page.getByRole("alert")).toHaveText("Another program uses these keys.");
  await page.keyboard.press("Control+Alt+N");
  await expect(shortcut).toHaveValue("Ctrl+Alt+N");
  await page.getByRole("switch", { name: "Keyboard shortcut" }).click();
  await expect(shortcut).toHaveCount(0);
  await page.getByRole("button", { name: "Choose languages" }).click();
  await page.getByRole("button", { name: "Off" }).click();
  await expect(page.getByText("Spelling isn't checked.")).toBeVisible();
  await page.getByRole("combobox", { name: "Zoom" }).click();
  await page.getByRole("option", { name: "125 %" }).click();
  await expect
    .poll(() => bridge.of("setDesktop"))
    .toEqual([
      ...[{ opensAtLogin: true }, { tray: true }],
      ...[{ quickAddKey: "CommandOrControl+Alt+K" }, { quickAddKey: "CommandOrControl+Alt+N" }],
      ...[{ quickAddKey: null }, { spellLanguages: ["en-GB"] }, { spellLanguages: [] }],
      { zoom: 125 },
    ]);
  await page.getByRole("tab", { name: "Appearance" }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect.poll(() => bridge.of("setTheme")).toEqual(["system", "dark"]);
});

test("words are found in the page, and a link leads to the server or into the app", async ({
  page,
  context,
  guildhall,
}) => {
  const { ann, workspaceId, projectId } = await team(guildhall);
  for (const title of ["A new wheel", "Oil the wheel", "Rest"]) {
    await ann.api.tasks.create.mutate({ projectId, title });
  }
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, guildhall, ann.token);
  await page.goto(`${guildhall.url}/w/${workspaceId}/p/WHEEL/board`);
  await expect(page.getByRole("button", { name: "Oil the wheel" })).toBeVisible();
  await page.keyboard.press("Control+f");
  const field = page.getByRole("textbox", { name: "Find in page" });
  await expect(field).toBeFocused();
  await page.keyboard.type("oil THE");
  const bar = page.getByRole("search", { name: "Find in page" });
  await expect(bar.getByRole("status")).toHaveText("1 of 1");
  await field.fill(" wheel");
  await expect(bar.getByRole("status")).toHaveText("1 of 2");
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText("2 of 2");
  await page.keyboard.press("Shift+Enter");
  await expect(bar.getByRole("status")).toHaveText("1 of 2");
  await field.fill("nowhere");
  await expect(bar.getByRole("status")).toHaveText("No results");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  expect(await page.evaluate(() => CSS.highlights.size)).toBe(0);

  await page.getByRole("button", { name: "Oil the wheel" }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Copy link for the app" }).click();
  await expect(page.getByText(/^Link to WHEEL-2 for the app copied$/)).toBeVisible();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.protocol).toBe("guildhall:");
  expect(Object.fromEntries(link.searchParams)).toEqual({
    server: guildhall.url,
    path: `/w/${workspaceId}/task/WHEEL-2`,
  });
});
