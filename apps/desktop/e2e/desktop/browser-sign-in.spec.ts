/** The desktop app is signed in by the browser: main's own function, the real server, a real browser. */
import { createClient } from "@guildhall/api/client";
import { expect, type Page } from "@playwright/test";
import { signInByBrowser } from "../../src/main/profiles/browser-sign-in.ts";
import { barriers } from "../barriers.ts";
import { type Guildhall, type Person, startGuildhall } from "../guildhall.ts";
import { fillSignIn, openAs } from "../people.ts";
import { test } from "../test.ts";
import { installBridge } from "./bridge.ts";

let guildhall: Guildhall;
let ann: Person;
let workspaceId: string;
test.beforeAll(async () => {
  guildhall = await startGuildhall();
  ann = await guildhall.person("Ann");
  ({ id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Mill" }));
});
test.afterAll(() => guildhall.stop());

/** As main does it; the browser is this page. */
const begin = (browser: Page) =>
  signInByBrowser({
    ...{ serverUrl: guildhall.url, app: "Guildhall 0.1.0 for Linux", computer: "ann-laptop" },
    openInBrowser: async (url) => void (await browser.goto(url)),
    signal: new AbortController().signal,
  });

const allow = (page: Page) => page.getByRole("button", { name: "Sign in to the app" });

test("whoever is not signed in there signs in first, is told who asks, and the app is in", async ({
  page,
}) => {
  const coming = begin(page);
  await fillSignIn(page, ann);
  await expect(page.getByRole("heading", { name: "Sign in to the Guildhall app?" })).toBeVisible();
  for (const words of ["Guildhall 0.1.0 for Linux", "ann-laptop", ann.email]) {
    await expect(page.getByText(words, { exact: true })).toBeVisible();
  }
  expect(await barriers(page)).toEqual([]);
  await allow(page).click();
  await expect(page.getByRole("heading", { name: "You're signed in" })).toBeVisible();
  const stranger = createClient({ url: guildhall.url });
  const { token } = await stranger.auth.redeemAppCode.mutate(await coming);
  const app = createClient({ url: guildhall.url, token: token ?? "" });
  expect((await app.auth.me.query()).email).toBe(ann.email);
  stranger.close();
  app.close();
});

test("cancelled in the browser, the app is told so", async ({ page }) => {
  await openAs(page, ann, `${guildhall.url}/w/${workspaceId}`);
  const outcome = begin(page).then(
    () => "signed in",
    (error: Error) => error.message,
  );
  await expect(allow(page)).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "Sign-in cancelled" })).toBeVisible();
  expect(await outcome).toBe("You cancelled the sign-in in the browser.");
});

test("an address that no app has made is said to be none", async ({ page }) => {
  await openAs(page, ann, `${guildhall.url}/sign-in-app?port=80&state=x`);
  await expect(page.getByRole("heading", { name: "This link isn't complete" })).toBeVisible();
});

test("the app's first screens: an address that is wrong, a certificate to compare, in by the browser, and its servers", async ({
  page,
  context,
}) => {
  const browser = await context.newPage();
  const bridge = await installBridge(page, guildhall.url, () => begin(browser));
  await page.goto(guildhall.url);
  const address = page.getByLabel("Server address");
  await expect(page.getByRole("heading", { name: "Where is your Guildhall?" })).toBeVisible();

  bridge.next({ kind: "not-guildhall", title: "That isn't a Guildhall server", detail: "Check." });
  await address.fill("example.org");
  await address.press("Enter");
  await expect(page.getByRole("alert")).toContainText("That isn't a Guildhall server");

  bridge.next({ kind: "certificate" });
  await address.press("Enter");
  await expect(page.getByRole("alert")).toContainText("This server vouches for itself");
  await page.getByRole("button", { name: "Compare the certificate…" }).click();
  await expect(page.getByText("0F 0F 0F")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "The fingerprints match: trust it" }).click();

  await page.getByRole("button", { name: "Sign in with your browser" }).click();
  await fillSignIn(browser, ann);
  await allow(browser).click();
  await expect(browser.getByRole("heading", { name: "You're signed in" })).toBeVisible();
  const switcher = page.getByRole("button", { name: "Mill" }).first();
  await switcher.click();
  await expect(page.getByRole("menuitem", { name: "Forge server" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Forge server" }).click();
  await expect.poll(() => bridge.asked("switchProfile")).toEqual(["two"]);

  await page.goto(`${guildhall.url}/w/${workspaceId}/settings`);
  const servers = page.getByRole("region", { name: "Servers" });
  await expect(servers.getByRole("listitem")).toHaveCount(2);
  expect(await barriers(page)).toEqual([]);
  await servers.getByRole("button", { name: "Remove" }).last().click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("changes that aren't sent yet are lost");
  await dialog.getByRole("button", { name: "Remove server" }).click();
  await expect.poll(() => bridge.asked("removeProfile")).toEqual(["two"]);
});
