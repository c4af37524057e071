/** What is there before the page's scripts, and what comes along for who is not in. */
import { expect, type Page } from "@playwright/test";
import type { Guildhall } from "./guildhall.ts";
import { signIn } from "./people.ts";
import { test } from "./test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const hasPainted = (page: Page) =>
  page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
const background = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);

test("the frame is painted while no script has come, in the theme of the system", async ({
  page,
}) => {
  await page.route("**/*.js", (route) => route.abort());
  const colours = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${guildhall.url}/sign-in`);
    await expect.poll(() => hasPainted(page)).toBe(1);
    await expect(page.locator("#frame .frame-door svg")).toBeInViewport();
    await expect(page.locator("#frame .frame-inside")).toBeHidden();
    await expect(page.locator("#root")).toBeEmpty();
    colours.push(await background(page, ".frame-door"));
  }
  expect(new Set(colours).size).toBe(2);
});

test("who was in sees the frame of their workspace in their theme, where it then stands", async ({
  page: first,
  context,
}) => {
  const ann = await guildhall.person("Ann");
  const { id } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await signIn(first, guildhall.url, ann);
  await expect(first.getByRole("navigation").first()).toBeVisible();
  await first.evaluate(() => localStorage.setItem("guildhall.theme", "dark"));
  // Another page: the first one has its scripts in memory, and asks for none of them.
  const page = await context.newPage();
  const sidebar = page.getByRole("navigation").first();
  // Only what paints the frame: the page's own script waits.
  const script = Promise.withResolvers<void>();
  await page.route("**/assets/*.js", async (route) => {
    await script.promise;
    await route.continue();
  });
  await Promise.all(context.serviceWorkers().map((worker) => worker.evaluate(forgetAssets)));
  await page.goto(`${guildhall.url}/w/${id}`, { waitUntil: "commit" });
  const frame = page.locator("#frame .frame-screen");
  await expect(frame).toBeInViewport();
  await expect(page.locator("#frame .frame-door")).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  const framed = await frame.boundingBox();
  script.resolve();
  await expect(sidebar).toBeVisible();
  await expect(page.locator("#frame")).toBeHidden();
  const main = await page.getByRole("main").boundingBox();
  expect(Math.abs((main?.x ?? 0) - (framed?.x ?? 0))).toBeLessThanOrEqual(1);
  expect(Math.abs((main?.y ?? 0) - (framed?.y ?? 0))).toBeLessThanOrEqual(1);
});

test("what the page imports later comes once somebody is in, and not before", async ({ page }) => {
  const refused: string[] = [];
  const requested = new Set<string>();
  page.on("console", (line) => line.type() === "error" && refused.push(line.text()));
  page.context().on("request", (request) => requested.add(new URL(request.url()).pathname));
  await page.goto(`${guildhall.url}/sign-in`);
  await expect(page.getByLabel("Email")).toBeVisible();
  const lazy = await page
    .locator("#lazy-files")
    .evaluate((named) =>
      named instanceof HTMLTemplateElement
        ? [...named.content.querySelectorAll("link")].map((link) => link.getAttribute("href") ?? "")
        : [],
    );
  expect(lazy.length).toBeGreaterThan(5);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const kept = () =>
    page.evaluate(async () => {
      const keys = await (await caches.open("guildhall-page")).keys();
      return keys.map(({ url }) => new URL(url).pathname);
    });
  await expect.poll(kept).toContain("/index.html");
  const early = new Set([...requested, ...(await kept())]);
  // Passkeys are offered in the field of the address.
  const ofWayIn = /\/passkeys-/;
  expect(lazy.filter((path) => early.has(path) && !ofWayIn.test(path))).toEqual([]);

  const ben = await guildhall.person("Ben");
  await ben.api.workspaces.create.mutate({ name: "Forge" });
  await signIn(page, guildhall.url, ben);
  await expect.poll(kept).toEqual(expect.arrayContaining(lazy));
  expect(refused.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
});

const forgetAssets = async () => {
  const cache = await caches.open("guildhall-page");
  for (const request of await cache.keys()) await cache.delete(request);
};
