/** Sign-in through an identity provider, as people see it. */

import { once } from "node:events";
import { createServer } from "node:net";
import {
  CLIENT,
  startIdentityProvider,
  type TestIdentityProvider,
} from "@guildhall/testing/sign-in/identity-provider";
import { expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import { type Guildhall, type Person, startGuildhall } from "../guildhall.ts";
import { fillSignIn, signIn } from "../people.ts";
import { test } from "../test.ts";

/** The provider has to be told before the server is there where it will be. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

let corp: TestIdentityProvider;
let guildhall: Guildhall;
let bea: Person;
let workspaceId: string;
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  corp = await startIdentityProvider({ home, provider: "corp" });
  corp.accounts.set("ada", { email: "ada@example.org", email_verified: true, name: "Ada" });
  guildhall = await startGuildhall({
    ...{ PORT: String(port), PUBLIC_URL: home, OIDC_PROVIDERS: "corp,old" },
    ...{
      OIDC_CORP_ISSUER: corp.issuer,
      OIDC_CORP_INSECURE: "true",
      OIDC_CORP_NAME: "Example Inc.",
    },
    ...{ OIDC_CORP_CLIENT_ID: CLIENT.id, OIDC_CORP_CLIENT_SECRET: CLIENT.secret },
    ...{ OIDC_CORP_DOMAINS: "example.org" },
    // Nobody is there.
    ...{ OIDC_OLD_ISSUER: `http://127.0.0.1:${await freePort()}`, OIDC_OLD_INSECURE: "true" },
    ...{ OIDC_OLD_CLIENT_ID: "guildhall" },
  });
  bea = await guildhall.person("Bea");
  ({ id: workspaceId } = await bea.api.workspaces.create.mutate({ name: "Mill" }));
});
test.afterAll(async () => {
  await guildhall.stop();
  await corp.stop();
});

const byCorp = (page: Page) => page.getByRole("button", { name: "Continue with Example Inc." });

test("somebody signs up by a provider, signs out there too, and signs in again; what fails is said", async ({
  page,
}) => {
  corp.signsInAs = "ada";
  await page.goto(`${guildhall.url}/sign-in`);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Continue with Old" }).click();
  await expect(page.getByText("Can't reach Old")).toBeVisible();
  await expect(page.getByText("You can still sign in another way.")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  corp.signsInAs = null;
  await byCorp(page).press("Enter");
  await expect(page.getByText("Sign-in with Example Inc. was cancelled")).toBeVisible();
  corp.signsInAs = "ada";
  await byCorp(page).press("Enter");
  await page.getByLabel("Workspace name").fill("Archive");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Create your first project" })).toBeVisible();
  await page.goto(guildhall.url);
  await page.getByRole("link", { name: /your settings/ }).click();
  await page.getByRole("tab", { name: "Security" }).click();
  const providers = page.getByRole("list", { name: "Sign-in providers" });
  await expect(providers.getByText("ada@example.org, last used")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Disconnect Example Inc." }).click();
  const said = page.getByRole("region", { name: "Notifications" });
  await expect(said.getByText(/without it you couldn't sign in any more/)).toBeVisible();
  const settings = page.url();
  await page.getByRole("tab", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  // At the provider, which asks, and sends back.
  await page.waitForURL(`${corp.issuer}/**`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(byCorp(page)).toBeVisible();
  await page.goto(settings);
  await byCorp(page).click();
  await page.waitForURL(settings);
  await expect(page.getByRole("tab", { name: "Security", selected: true })).toBeVisible();
  await expect(providers.getByText("ada@example.org, last used")).toBeVisible();
});

test("who has an account connects it by its password, and then signs in without", async ({
  page,
}) => {
  corp.signsInAs = "bea";
  corp.accounts.set("bea", { email: bea.email, email_verified: true });
  await page.goto(`${guildhall.url}/w/${workspaceId}/members`);
  await byCorp(page).click();
  await expect(
    page.getByRole("heading", { name: "Connect Example Inc.", exact: true }),
  ).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel("Password", { exact: true }).fill("not it");
  await page.keyboard.press("Enter");
  await expect(page.getByText("That isn't the password of this account.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(bea.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/w/${workspaceId}/members`);
  await expect(page.getByRole("list", { name: "Members" }).getByText("Bea")).toBeVisible();
  await page.context().clearCookies();
  await page.goto(`${guildhall.url}/w/${workspaceId}/members`);
  await byCorp(page).click();
  await expect(page.getByRole("list", { name: "Members" }).getByText("Bea")).toBeVisible();
});

test("in the settings a provider is disconnected and connected again, and one that is somebody else's is not", async ({
  page,
}) => {
  corp.signsInAs = "bea";
  await signIn(page, guildhall.url, bea);
  await page.goto(`${guildhall.url}/w/${workspaceId}/settings?tab=security`);
  await page.getByRole("button", { name: "Disconnect Example Inc." }).press("Enter");
  await expect(page.getByText("Provider disconnected")).toBeVisible();
  await page.getByRole("button", { name: "Connect Example Inc.", exact: true }).press("Enter");
  await expect(page.getByRole("button", { name: "Disconnect Example Inc." })).toBeVisible();
  await page.getByRole("button", { name: "Disconnect Example Inc." }).click();
  corp.signsInAs = "ada";
  await page.context().clearCookies({ domain: "127.0.0.1", name: /^_session/ });
  await page.getByRole("button", { name: "Connect Example Inc.", exact: true }).click();
  const said = page.getByRole("region", { name: "Notifications" });
  await expect(said.getByText(/is connected to another account here/)).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Connect Example Inc.", exact: true }),
  ).toBeVisible();
  // The old way still leads in.
  await page.context().clearCookies();
  await page.goto(`${guildhall.url}/sign-in`);
  await fillSignIn(page, bea);
  await page.waitForURL(/\/w\//);
});
