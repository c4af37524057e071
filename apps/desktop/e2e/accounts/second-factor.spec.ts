/** Second factors as people set them up and sign in with them. */

import { freePort } from "@guildhall/db/embedded";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Page } from "@playwright/test";
import { generateSync } from "otplib";
import { barriers } from "../barriers.ts";
import { startGuildhall } from "../guildhall.ts";
import { fillSignIn, openAs } from "../people.ts";
import { test } from "../test.ts";

async function startAt(env: Record<string, string>) {
  const guildhall = await startGuildhall(env);
  return { ...guildhall, [Symbol.asyncDispose]: () => guildhall.stop() };
}

const settings = async (page: Page, url: string, person: Parameters<typeof openAs>[1]) => {
  await openAs(page, person, `${url}/`);
  await page.waitForURL(/\/w\//);
  await page.goto(`${page.url()}/settings?tab=security`);
};

test("an authenticator app is set up by keyboard, and asked for at the next sign-in", async ({
  page,
  guildhall,
}) => {
  const ada = await guildhall.person("Ada");
  await ada.api.workspaces.create.mutate({ name: "Mill" });
  await settings(page, guildhall.url, ada);
  await page.getByRole("button", { name: "Set up authenticator app" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = await page.getByLabel("Or enter this key").inputValue();
  const code = page.getByLabel("Code that the app shows");
  await code.fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("That code isn't right")).toBeVisible();
  await code.fill(generateSync({ secret }));
  await page.keyboard.press("Enter");
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const recoveryCode = (await codes.first().textContent()) ?? "";
  await page.keyboard.press("Escape");
  await expect(page.getByText("Save the codes first")).toBeVisible();
  await page.getByRole("checkbox").press("Space");
  await page.getByRole("button", { name: "Done" }).press("Enter");
  await expect(page.getByText("10 unused codes are left")).toBeVisible();

  await page.context().clearCookies();
  await page.goto(`${guildhall.url}/sign-in`);
  await fillSignIn(page, ada);
  await expect(page.getByLabel("Code from your authenticator app")).toBeFocused();
  await page.keyboard.type("123456");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("That code didn't work");
  await page.getByRole("button", { name: "Use a recovery code" }).press("Enter");
  await page.getByLabel("Recovery code").fill(recoveryCode);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/w\//);
});

/** A phone or a laptop with a screen lock, as Chromium plays one. */
async function withAuthenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  /** Whether it knows its person's face or finger. */
  const setVerified = (isUserVerified: boolean) =>
    devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { setVerified };
}

test("a passkey signs in instead of a password and after it, and is renamed and removed", async ({
  page,
}) => {
  // Passkeys belong to the public address of a server: a name, which no browser takes an IP address for.
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  await using guildhall = await startAt({ PORT: port, PUBLIC_URL: url });
  const bea = await guildhall.person("Bea");
  await bea.api.workspaces.create.mutate({ name: "Mill" });
  const { setVerified } = await withAuthenticator(page);
  await settings(page, url, bea);
  await page.getByRole("button", { name: "Add a passkey" }).press("Enter");
  await expect(page.getByRole("list", { name: "Recovery codes" })).toBeVisible();
  await page.getByRole("checkbox").press("Space");
  await page.getByRole("button", { name: "Done" }).press("Enter");
  await page.getByRole("button", { name: "Rename Passkey" }).press("Enter");
  await page.getByLabel("Name", { exact: true }).fill("My laptop");
  await page.keyboard.press("Enter");
  const keys = page.getByRole("list", { name: "Passkeys" });
  await expect(keys).toContainText("My laptop");

  // Chromium's authenticator chooses at once what a person would choose in the field of the address.
  await page.context().clearCookies();
  await page.goto(`${url}/sign-in`);
  await page.waitForURL(/\/w\//);

  // From now on a browser that has passkeys, and offers none in fields.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  const signInAgain = async () => {
    await page.context().clearCookies();
    await page.goto(`${url}/sign-in`);
    await expect(page.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  };
  await signInAgain();
  await page.getByRole("button", { name: "Use a passkey" }).press("Enter");
  await page.waitForURL(/\/w\//);

  await signInAgain();
  await fillSignIn(page, bea);
  await expect(page.getByRole("heading", { name: "Confirm it's you" })).toBeVisible();
  await page.getByRole("button", { name: "Use a passkey" }).press("Enter");
  await page.waitForURL(/\/w\//);

  // Had, but by somebody else: the device doesn't know them.
  await setVerified(false);
  await signInAgain();
  await page.getByRole("button", { name: "Use a passkey" }).press("Enter");
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeEnabled();
  await expect(page).toHaveURL(/sign-in/);
  await setVerified(true);
  await page.getByRole("button", { name: "Use a passkey" }).press("Enter");
  await page.waitForURL(/\/w\//);
  await page.goto(`${page.url().replace(/(\/w\/[^/]+).*/, "$1")}/settings?tab=security`);
  await page.getByRole("button", { name: "Remove My laptop" }).press("Enter");
  await expect(page.getByText("Passkey removed")).toBeVisible();
});

test("a server that requires a second factor leads everybody to setting it up, also who is in no workspace or administers it", async ({
  browser,
}) => {
  await using guildhall = await startAt({ SECOND_FACTOR_REQUIRED: "true" });
  const [olga, noor] = [await guildhall.person("Olga"), await guildhall.person("Noor")];
  const required = "This server requires a second factor";
  const setUp = async (page: Page) => {
    await expect(page.getByRole("heading", { name: required })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Set up authenticator app" }).press("Enter");
    const key = await page.getByLabel("Or enter this key").inputValue();
    await page.getByLabel("Code that the app shows").fill(generateSync({ secret: key }));
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox").press("Space");
    await page.getByRole("button", { name: "Done" }).press("Enter");
    await expect(page.getByRole("heading", { name: required })).toBeHidden();
  };
  const newcomer = await (await browser.newContext()).newPage();
  await openAs(newcomer, noor, `${guildhall.url}/`);
  await setUp(newcomer);
  await newcomer.getByLabel("Workspace name").fill("Mill");
  await newcomer.keyboard.press("Enter");
  await expect(newcomer.getByRole("heading", { name: "Create your first project" })).toBeVisible();

  const administrator = await (await browser.newContext()).newPage();
  await openAs(administrator, olga, `${guildhall.url}/instance`);
  await setUp(administrator);
  await expect(administrator.getByRole("list", { name: "Accounts" })).toContainText("Noor");
});

test("a workspace that requires a second factor leads to setting it up, and then opens", async ({
  page,
  guildhall,
}) => {
  const [olga, cem] = [await guildhall.person("Olga"), await guildhall.person("Cem")];
  const { id: workspaceId } = await olga.api.workspaces.create.mutate({ name: "Mill" });
  await joinWorkspace(olga, cem, { workspaceId, role: "editor" });
  // What was answered before is still on its way when the workspace is lost: it isn't the last word.
  const early = Promise.withResolvers<void>();
  await page.route(
    /workspaces\.list/,
    async (route) => {
      const response = await route.fetch();
      await early.promise;
      await route.fulfill({ response }).catch(() => undefined);
    },
    { times: 1 },
  );
  const asked = page.waitForRequest(/workspaces\.list/);
  await openAs(page, cem, `${guildhall.url}/w/${workspaceId}`);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await asked;
  const { ticket, secret } = await olga.api.factors.beginApp.mutate({});
  await olga.api.factors.confirmApp.mutate({ ticket, code: generateSync({ secret }) });
  const patch = { requiresSecondFactor: true };
  await olga.api.workspaces.update.mutate({ workspaceId, patch });

  await expect(page.getByRole("heading", { name: "You no longer have access" })).toBeVisible();
  early.resolve();
  await expect(page.getByRole("heading", { name: "Mill requires a second factor" })).toBeVisible();
  await page.getByRole("button", { name: "Set up authenticator app" }).press("Enter");
  const key = await page.getByLabel("Or enter this key").inputValue();
  await page.getByLabel("Code that the app shows").fill(generateSync({ secret: key }));
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox").press("Space");
  await page.getByRole("button", { name: "Done" }).press("Enter");
  await expect(page.getByRole("heading", { name: "requires a second factor" })).toBeHidden();
  await expect(page.getByRole("navigation").first()).toBeVisible();
});
