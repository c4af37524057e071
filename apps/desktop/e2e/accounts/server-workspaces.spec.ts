/** What an administrator does with workspaces, providers and the log of the server, by keyboard alone. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { startHandmadeProvider } from "@guildhall/testing/sign-in/handmade-provider";
import { expect, type Locator, type Page } from "@playwright/test";
import { startGuildhall } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

async function startAt(env: Record<string, string>) {
  const guildhall = await startGuildhall(env);
  return { ...guildhall, [Symbol.asyncDispose]: () => guildhall.stop() };
}

const rowOf = (page: Page, name: string): Locator =>
  page.getByRole("list", { name: "Workspaces" }).getByRole("listitem").filter({ hasText: name });

async function choose(page: Page, name: string, entry: string) {
  await page.getByRole("button", { name: `${name} options` }).press("Enter");
  await page.getByRole("menuitem", { name: entry }).press("Enter");
}

test("a workspace without an owner gets one, another is deleted and restored, and its people hear of it", async ({
  page,
  browser,
}) => {
  await using guildhall = await startAt({});
  const [ada, bob, cleo] = [
    await guildhall.person("Ada"),
    await guildhall.person("Bob"),
    await guildhall.person("Cleo"),
  ];
  const { id: workspaceId } = await bob.api.workspaces.create.mutate({ name: "Forge" });
  await joinWorkspace(bob, cleo, { workspaceId, role: "editor" });
  await ada.api.instance.deactivate.mutate({ userId: bob.id });

  await openAs(page, ada, `${guildhall.url}/instance?tab=workspaces`);
  await expect(rowOf(page, "Forge")).toContainText("No active owner");
  await page.getByRole("combobox", { name: "Show" }).press("Enter");
  await page.getByRole("option", { name: "Without an owner" }).press("Enter");
  await expect(page).toHaveURL(/show=noOwner/);
  await expect(rowOf(page, "Forge")).toBeVisible();
  await choose(page, "Forge", "Appoint an owner…");
  const dialog = page.getByRole("dialog", { name: "Appoint an owner of Forge" });
  await dialog.getByRole("combobox", { name: /New owner/ }).press("Enter");
  const search = page.getByRole("combobox", { name: "New owner", exact: true });
  await expect(search).toBeFocused();
  await page.keyboard.type("Cleo");
  await expect(page.getByRole("option", { name: "Cleo, editor" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: /New owner/ })).toContainText("Cleo");
  await dialog.getByRole("button", { name: "Appoint owner" }).press("Enter");
  await expect(page.getByText("Cleo is now an owner of Forge").first()).toBeVisible();
  await expect(page.getByText("Every workspace has an owner.")).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/show=/);
  await expect(rowOf(page, "Forge")).toContainText("Owned by Cleo");

  const cleos = await (await browser.newContext()).newPage();
  await openAs(cleos, cleo, `${guildhall.url}/w/${workspaceId}/inbox`);
  await expect(cleos.getByText(/^An administrator of this server made you an owner/)).toBeVisible();

  await choose(page, "Forge", "Delete…");
  const confirm = page.getByRole("dialog", { name: "Delete Forge?" });
  const typed = confirm.getByLabel("Type “Forge” to confirm");
  await expect(typed).toBeFocused();
  await page.keyboard.type("Forge");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Forge deleted").first()).toBeVisible();
  await expect(rowOf(page, "Forge")).toHaveCount(0);
  await expect(cleos.getByText(/deleted/).first()).toBeVisible();
  await page.goto(`${guildhall.url}/instance?tab=workspaces&show=deleted`);
  await expect(rowOf(page, "Forge")).toContainText("by Ada");
  await choose(page, "Forge", "Restore…");
  await page.getByRole("button", { name: "Restore workspace" }).press("Enter");
  await expect(page.getByText("No deleted workspaces")).toBeVisible();
  expect((await cleo.api.workspaces.list.query()).map(({ name }) => name)).toContain("Forge");
});

test("providers tell whether they answer, and everybody finds the version and the licenses", async ({
  page,
  browser,
}) => {
  const corp = await startHandmadeProvider();
  try {
    await using guildhall = await startAt({
      ...{ OIDC_PROVIDERS: "corp,gone", PUBLIC_URL: "http://guildhall.example" },
      ...{ OIDC_CORP_ISSUER: corp.issuer, OIDC_CORP_CLIENT_ID: "guildhall" },
      ...{ OIDC_CORP_INSECURE: "true", OIDC_GONE_INSECURE: "true" },
      ...{ OIDC_GONE_ISSUER: "http://127.0.0.1:1", OIDC_GONE_CLIENT_ID: "guildhall" },
    });
    const [ada, bob] = [await guildhall.person("Ada"), await guildhall.person("Bob")];
    const { id: workspaceId } = await bob.api.workspaces.create.mutate({ name: "Forge" });
    await openAs(page, ada, `${guildhall.url}/instance?tab=sign-in`);
    const providers = page.getByRole("list", { name: "Identity providers" }).getByRole("listitem");
    await expect(providers.filter({ hasText: "Corp" })).toContainText("Answers");
    await expect(providers.filter({ hasText: "Gone" })).toContainText("Doesn't answer");
    await expect(providers.filter({ hasText: "Gone" })).toContainText("can't sign in through it");
    await expect(providers.first()).toContainText("0 connected accounts");
    const again = page.getByRole("button", { name: "Check again: Gone" });
    await again.press("Enter");
    await expect(again).toBeFocused();

    const bobs = await (await browser.newContext()).newPage();
    await openAs(bobs, bob, `${guildhall.url}/w/${workspaceId}/settings?tab=about`);
    await expect(bobs.getByText(/^Version \d/)).toBeVisible();
    await bobs.getByLabel("Search licenses").fill("react-dom");
    const react = bobs.getByRole("group").filter({ hasText: /^react-dom/ });
    await expect(react).toBeVisible();
    await react.locator("summary").press("Enter");
    await expect(react.getByText(/Permission is hereby granted/)).toBeVisible();
    await expect(bobs.getByText("What it runs on")).toHaveCount(0);
  } finally {
    await corp.stop();
  }
});

test("the log is told as it is written, its filters are in the address, and Back undoes them", async ({
  page,
}) => {
  await using guildhall = await startAt({});
  const [ada, bob] = [await guildhall.person("Ada"), await guildhall.person("Bob")];
  const { id: workspaceId } = await bob.api.workspaces.create.mutate({ name: "Forge" });
  await joinWorkspace(bob, ada, { workspaceId, role: "viewer" });
  await openAs(page, bob, `${guildhall.url}/w/${workspaceId}/settings?tab=audit`);
  const entries = page.getByRole("list", { name: "Audit log" }).getByRole("listitem");
  await expect(entries.filter({ hasText: "created the workspace Forge" })).toHaveCount(1);
  const count = await entries.count();
  await bob.api.members.setRole.mutate({ workspaceId, userId: ada.id, role: "editor" });
  await expect(entries.first()).toContainText("Bob changed the role of Ada");
  await expect(entries).toHaveCount(count + 1);

  await page.getByRole("combobox", { name: /^Action/ }).press("Enter");
  await page.keyboard.type("created the workspace");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/done=workspace\.created/);
  await expect(entries).toHaveCount(1);
  // What does not fit stays away, and what is shared shows the same.
  await bob.api.members.setRole.mutate({ workspaceId, userId: ada.id, role: "viewer" });
  await page.reload();
  await expect(entries).toHaveCount(1);
  await page.goBack();
  await expect(entries.first()).toContainText("Role: editor → viewer");
});

/** Goes through all that the Tab key reaches; answers what of it is out of sight, or nothing at all. */
async function outOfSight(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press("Tab");
    const told = await page.evaluate(() => {
      const { activeElement: at } = document;
      if (!at || at === document.body) return null;
      const { left, right, top, bottom, width } = at.getBoundingClientRect();
      const isSeen = width > 0 && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
      const name = at.getAttribute("aria-label") ?? at.textContent ?? "";
      return { isSeen, name: `${at.tagName} ${name.trim().slice(0, 40)}` };
    });
    if (!told) break;
    if (!told.isSeen) found.push(told.name);
  }
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return isWide ? [...found, "the page is wider than the screen"] : found;
}

test("at 380 px all of it is in sight and reached by the Tab key", async ({ page }) => {
  await using guildhall = await startAt({});
  const ada = await guildhall.person("Ada");
  const { id: workspaceId } = await ada.api.workspaces.create.mutate({ name: "Forge" });
  await page.setViewportSize({ width: 380, height: 800 });
  const places = [
    ...["accounts", "workspaces", "settings", "sign-in", "health", "audit"].map(
      (tab) => `/instance?tab=${tab}`,
    ),
    ...["security", "workspace", "audit"].map((tab) => `/w/${workspaceId}/settings?tab=${tab}`),
    `/w/${workspaceId}/members`,
  ];
  await openAs(page, ada, guildhall.url);
  for (const place of places) {
    await page.goto(guildhall.url + place);
    const open = page.getByRole("tab", { selected: true });
    await expect(open).toBeInViewport();
    await expect(
      page.getByRole("tabpanel").getByRole("heading").or(page.getByRole("listitem")).first(),
    ).toBeVisible();
    expect(await outOfSight(page), place).toEqual([]);
  }
});
