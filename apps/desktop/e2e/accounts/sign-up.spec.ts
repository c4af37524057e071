/** Signing up where the server sends mail: by a link, and nobody learns who has an account. */
import { startTestSmtp, type TestSmtp } from "@guildhall/testing/smtp";
import { expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import { type Guildhall, type Person, startGuildhall } from "../guildhall.ts";
import { test } from "../test.ts";

let smtp: TestSmtp;
let guildhall: Guildhall;
let olga: Person;
let workspaceId: string;
test.beforeAll(async () => {
  smtp = await startTestSmtp();
  guildhall = await startGuildhall({}, { smtp });
  olga = await guildhall.person("Olga");
  ({ id: workspaceId } = await olga.api.workspaces.create.mutate({ name: "Old Mill" }));
});
test.afterAll(async () => {
  await guildhall.stop();
  await smtp.stop();
});

/** The server is not told its own port: where the link in the last mail leads, there. */
async function linkTo(email: string, fits: RegExp): Promise<string> {
  const links = () => smtp.to(email).flatMap(({ text = "" }) => text.match(/http\S+/g) ?? []);
  await expect.poll(() => links().find((link) => fits.test(link))).toBeDefined();
  const { pathname, search } = new URL(links().findLast((link) => fits.test(link)) ?? "");
  return guildhall.url + pathname + search;
}

async function askFor(page: Page, email: string) {
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  return page.getByRole("status").textContent();
}

async function complete(page: Page, name: string) {
  await expect(page.getByLabel("Your name")).toBeFocused();
  await page.keyboard.type(name);
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.keyboard.press("Enter");
}

test("somebody signs up by the link that is mailed; who has an account is told the same, and more by mail", async ({
  page,
}) => {
  const email = "ada@example.com";
  await page.goto(`${guildhall.url}/sign-in`);
  await page.getByRole("link", { name: "Create an account" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  const said = await askFor(page, email);
  expect(said).toContain(`We've sent a link to ${email}`);
  expect(await barriers(page)).toEqual([]);

  const mails = () => smtp.to(email).length;
  await expect.poll(mails).toBe(1);
  await page.getByRole("button", { name: "Send again" }).press("Enter");
  await expect(page.getByText("Link sent again")).toBeVisible();
  await expect.poll(mails).toBe(2);
  await page.getByRole("button", { name: "Use another address" }).press("Enter");
  await page.getByLabel("Email").fill("");
  await page.getByLabel("Email").focus();
  expect((await askFor(page, olga.email))?.replace(olga.email, email)).toBe(said);
  expect(await linkTo(olga.email, /sign-in/)).toBe(`${guildhall.url}/sign-in`);

  const link = await linkTo(email, /sign-up\?token/);
  await page.goto(link);
  await expect(page.getByLabel("Email")).toHaveValue(email);
  await expect(page.getByLabel("Email")).toHaveAttribute("readonly");
  await expect(page.getByText("You confirmed this address")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await complete(page, "Ada");
  await expect(page.getByLabel("Workspace name")).toBeVisible();

  // Opened again, by whoever is signed out.
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "You already have an account" })).toBeVisible();
  await page.goto(link.slice(0, -5));
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await page.getByRole("link", { name: "Send a new link" }).press("Enter");
  await expect(page.getByLabel("Email")).toBeFocused();
});

test("a mailed invitation leads in without another mail; a link that was passed on asks for one", async ({
  browser,
}) => {
  const invited = { workspaceId, email: "ben@example.com", role: "viewer" } as const;
  await olga.api.invitations.create.mutate(invited);
  const page = await (await browser.newContext()).newPage();
  await page.goto(await linkTo(invited.email, /join/));
  await page.getByRole("button", { name: "Create account" }).press("Enter");
  await expect(page.getByLabel("Email")).toHaveValue(invited.email);
  await complete(page, "Ben");
  await page.waitForURL(`**/w/${workspaceId}**`);

  const options = { days: 7, maxUses: 5, domain: null, label: null };
  const { link } = await olga.api.invitations.createLink.mutate({
    ...{ workspaceId, role: "viewer" as const, ...options },
  });
  const other = await (await browser.newContext()).newPage();
  const { pathname, search } = new URL(link);
  await other.goto(guildhall.url + pathname + search);
  await other.getByRole("button", { name: "Create account" }).press("Enter");
  await expect(other.getByRole("heading", { name: "Join Old Mill" })).toBeVisible();
  await askFor(other, "cem@example.com");
  await other.goto(await linkTo("cem@example.com", /sign-up\?token/));
  await expect(other.getByRole("heading", { name: "Join Old Mill" })).toBeVisible();
  await complete(other, "Cem");
  await other.waitForURL(`**/w/${workspaceId}**`);
});
