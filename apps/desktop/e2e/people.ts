/** What people do on the pages, in the words of the pages. */
import { expect, type Locator, type Page } from "@playwright/test";

type Credentials = { email: string; password: string };
export type Account = Credentials & { name: string };

export async function signUp(page: Page, url: string, { name, email, password }: Account) {
  await page.goto(`${url}/sign-up`);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Workspace name")).toBeVisible();
}

/** By the page, as people do: for a test that is about it. */
export async function signIn(page: Page, url: string, { email, password }: Credentials) {
  await page.goto(`${url}/sign-in`);
  await fillSignIn(page, { email, password });
  await page.waitForURL(/\/(w|new-workspace)\b/);
}

/** Gives the browser a session of this person, as the page of signing in does, without that page. */
export async function enter(page: Page, { email, password }: Credentials, url: string) {
  const data = { json: { email, password } };
  const answer = await page.context().request.post(`${url}/trpc/auth.login`, { data });
  if (!answer.ok()) throw new Error(`${email} was not let in: ${await answer.text()}`);
}

export async function openAs(page: Page, person: Credentials, address: string) {
  await enter(page, person, new URL(address).origin);
  await page.goto(address);
}

export async function fillSignIn(page: Page, { email, password }: Credentials) {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A column of the board; with `count`, only once it holds that many. */
export const column = (page: Page, name: string, count?: number): Locator =>
  page.locator(`section[aria-label^="${name}, ${count === undefined ? "" : `${count} `}"]`);

export const cardIn = (page: Page, columnName: string, title: string): Locator =>
  column(page, columnName).getByRole("button", { name: title });

/** Enter adds the card and leaves the line open; Escape closes it. */
export async function quickAdd(page: Page, columnName: string, title: string) {
  await column(page, columnName)
    .getByRole("button", { name: /^(New|Add).*task/ })
    .click();
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}

export async function drag(page: Page, card: Locator, target: Locator) {
  const from = await boxOf(card);
  const to = await boxOf(target);
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2 + 12, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not on the screen.");
  return box;
}

export const saveState = (page: Page, text: string | RegExp): Locator =>
  page.getByRole("button", { name: text });

/** Where a description or a comment is written, once its editor is there: before, a plain field takes what is typed. */
export const textField = (page: Page, name: string): Locator =>
  page.getByRole("textbox", { name }).and(page.locator("[contenteditable=true]"));
