/** Another address for an account: from the settings by the links that are mailed. */
import { expect } from "@playwright/test";
import { fillSignIn, openAs } from "../people.ts";
import { test } from "../test.ts";

test("a new address counts once its link is opened, and the old one brings itself back", async ({
  page,
  guildhall,
}) => {
  const dora = await guildhall.person("Dora");
  await dora.api.workspaces.create.mutate({ name: "Mill" });
  await openAs(page, dora, `${guildhall.url}/`);
  await page.waitForURL(/\/w\//);
  await page.getByRole("link", { name: /your settings/ }).click();
  const email = `new.${dora.email}`;
  await page.getByLabel("New address").fill(email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: email })).toBeVisible();

  // The server has nothing to send mails with: it prints them, the newest last.
  const linkIn = (path: string) =>
    [...guildhall.output().matchAll(new RegExp(`/${path}\\?token=[\\w-]+`, "g"))].at(-1)?.[0] ?? "";
  await expect.poll(() => linkIn("new-address")).not.toBe("");
  await page.goto(guildhall.url + linkIn("new-address"));
  await page.waitForURL(/\/w\//);
  await page.getByRole("link", { name: /your settings/ }).click();
  await expect(page.getByText(`You sign in with ${email}`)).toBeVisible();

  await page.goto(guildhall.url + linkIn("undo-address"));
  await page.getByRole("button", { name: "This wasn't me" }).press("Enter");
  await expect(page.getByText(`Your account keeps ${dora.email}`)).toBeVisible();
  await page.goto(`${guildhall.url}/sign-in`);
  await fillSignIn(page, dora);
  await page.waitForURL(/\/w\//);
});
