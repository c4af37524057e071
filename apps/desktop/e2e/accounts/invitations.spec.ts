/** How people come into a workspace: asked, and by their own word. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
let ann: Person;
let workspaceId: string;
test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
  ({ id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" }));
});

async function open(browser: Browser, person: Person, at = "/"): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, guildhall.url + at);
  return page;
}

async function invite(page: Page, email: string) {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
}

const pending = (page: Page) => page.getByRole("list", { name: "Pending invitations" });

test("who is invited by name finds it in the app, and accepts or declines it; by address it needs the link", async ({
  browser,
}) => {
  const [ben, dora] = [await guildhall.person("Ben"), await guildhall.person("Dora")];
  const hugo = await guildhall.person("Hugo");
  const { id: forge } = await ann.api.workspaces.create.mutate({ name: "Forge" });
  for (const person of [ben, dora]) {
    await joinWorkspace(ann, person, { workspaceId: forge, role: "viewer" });
    const invited = { workspaceId, userId: person.id, role: "editor" } as const;
    await ann.api.invitations.create.mutate(invited);
  }
  await ann.api.members.remove.mutate({ workspaceId: forge, userId: dora.id });
  const annPage = await open(browser, ann, `/w/${workspaceId}/members`);
  for (const email of [hugo.email, "nobody@example.com"]) {
    await invite(annPage, email);
    await expect(annPage.getByText("This server doesn't send email.")).toBeVisible();
    // The same for both: a link, and a line in the list.
    await expect(annPage.getByLabel(`Link for ${email}`)).toHaveValue(/\/join\?invitation=/);
    await expect(pending(annPage).getByText(email)).toBeVisible();
  }
  await expect(annPage.getByRole("list", { name: "Members" }).getByRole("listitem")).toHaveCount(1);
  expect(await barriers(annPage)).toEqual([]);

  const benPage = await open(browser, ben);
  const entry = benPage.getByRole("button", { name: /^Invitations/ });
  await expect(entry).toContainText("1");
  await entry.press("Enter");
  const dialog = benPage.getByRole("dialog", { name: "Invitations" });
  await expect(dialog.getByText("Ann invited you as editor")).toBeVisible();
  expect(await barriers(benPage)).toEqual([]);
  await dialog.getByRole("button", { name: "Accept the invitation to Old Mill" }).press("Enter");
  await benPage.waitForURL(`**/w/${workspaceId}**`);
  await expect(entry).toBeHidden();
  // Heard at once by who invited.
  await expect(
    annPage.getByRole("list", { name: "Members" }).getByText("Ben", { exact: true }),
  ).toBeVisible();
  await expect(pending(annPage).getByText("Ben")).toBeHidden();
  await expect(annPage.getByRole("list", { name: "Members" }).getByText(ben.email)).toBeVisible();

  // One who is in no workspace yet: on the first page, also on a phone.
  const doraPage = await open(browser, dora);
  await doraPage.setViewportSize({ width: 380, height: 800 });
  await expect(doraPage.getByRole("heading", { name: "You're invited" })).toBeVisible();
  expect(await barriers(doraPage)).toEqual([]);
  await doraPage.getByRole("button", { name: "Decline the invitation to Old Mill" }).click();
  await expect(doraPage.getByRole("heading", { name: "You're invited" })).toBeHidden();
  await expect(pending(annPage).getByText("nobody@example.com")).toBeVisible();
  await expect(pending(annPage).getByText("Dora")).toBeHidden();
  await expect(pending(annPage).getByText(hugo.email)).toBeVisible();
  // Anybody could have made the account with that address: it learns nothing.
  const hugoPage = await open(browser, hugo);
  await expect(hugoPage.getByRole("button", { name: "Create workspace" })).toBeVisible();
  await expect(hugoPage.getByText("Old Mill")).toHaveCount(0);
});

test("a link is for one address, and tells others so", async ({ browser }) => {
  const emil = await guildhall.person("Emil");
  const frida = await guildhall.person("Frida");
  const invited = { workspaceId, email: frida.email, role: "viewer" } as const;
  const { link } = await ann.api.invitations.create.mutate(invited);
  const { pathname, search } = new URL(link);
  const page = await open(browser, emil, pathname + search);
  await expect(page.getByText(`This invitation is for ${frida.email}`)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Join/ })).toBeHidden();
  const fridas = await open(browser, frida, pathname + search);
  await fridas.getByRole("button", { name: "Join Old Mill" }).click();
  await fridas.waitForURL(`**/w/${workspaceId}**`);
});

test("viewers see names, not addresses", async ({ browser }) => {
  const vera = await guildhall.person("Vera");
  await joinWorkspace(ann, vera, { workspaceId, role: "viewer" });
  const page = await open(browser, vera, `/w/${workspaceId}/members`);
  const members = page.getByRole("list", { name: "Members" });
  await expect(members.getByText("Ann")).toBeVisible();
  await expect(members).not.toContainText("@");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).not.toContain(ann.email);
});

test("a new password can take the access tokens with it", async ({ browser }) => {
  const gina = await guildhall.person("Gina");
  await gina.api.workspaces.create.mutate({ name: "Gina's" });
  await gina.api.tokens.create.mutate({ name: "Script", scope: "read", days: 1 });
  const page = await open(browser, gina);
  await page.getByRole("link", { name: /your settings/ }).click();
  await page.getByLabel("New password", { exact: true }).fill("a new password");
  await page.getByText("Also revoke my access token").click();
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText(/your access tokens are revoked/)).toBeVisible();
  await expect(page.getByText("Also revoke my access token")).toBeHidden();
});

test("an invitation that is sent and revoked shows at once to both, and an address is confirmed by its link", async ({
  browser,
}) => {
  const [ina, { api }] = [await guildhall.person("Ina"), ann];
  const { id: forge } = await api.workspaces.create.mutate({ name: "Iron Forge" });
  await joinWorkspace(ann, ina, { workspaceId: forge, role: "viewer" });
  const inasPage = await open(browser, ina, `/w/${forge}/settings`);
  const annPage = await open(browser, ann, `/w/${workspaceId}/members`);
  await expect(annPage.getByRole("list", { name: "Members" })).toBeVisible();
  const entry = inasPage.getByRole("button", { name: /^Invitations/ });
  await expect(inasPage.getByText("Your address isn't confirmed.")).toBeVisible();
  const invited = { workspaceId, userId: ina.id, role: "viewer" } as const;
  await api.invitations.create.mutate(invited);
  await expect(entry).toContainText("1");
  await expect(pending(annPage).getByText("Ina")).toBeVisible();
  const [made] = await api.invitations.list.query({ workspaceId });
  await api.invitations.revoke.mutate({ id: made?.id ?? "" });
  await expect(entry).toBeHidden();
  await expect(pending(annPage).getByText("Ina")).toBeHidden();

  // By address: nothing before it is confirmed, and then at once.
  await invite(annPage, ina.email);
  await expect(pending(annPage).getByText(ina.email)).toBeVisible();
  await inasPage.getByRole("button", { name: "Send again" }).click();
  await expect(inasPage.getByText("Confirmation link written to the server's log")).toBeVisible();
  await expect(entry).toBeHidden();
  const link = () =>
    guildhall
      .output()
      .match(/\/confirm-email\?token=[\w.-]+/g)
      ?.at(-1) ?? "";
  await expect.poll(link).not.toBe("");
  const second = await inasPage.context().newPage();
  await second.goto(guildhall.url + link());
  await expect(second.getByText("Address confirmed")).toBeVisible();
  await expect(entry).toContainText("1");
  await expect(inasPage.getByText("Your address isn't confirmed.")).toBeHidden();
  await second.goto(`${guildhall.url}/confirm-email?token=1.wrong`);
  await expect(second.getByText("Couldn't confirm your address")).toBeVisible();
  expect(await barriers(second)).toEqual([]);
});
