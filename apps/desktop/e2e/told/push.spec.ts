/** Notifications of a page that is closed, through its service worker. */
import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

async function openBoard(page: Page, ann: Person) {
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const asked = { workspaceId, name: "Wheel", key: "WHEEL" };
  const { id: projectId } = await ann.api.projects.create.mutate(asked);
  await ann.api.tasks.create.mutate({ projectId, title: "Mend the race" });
  await openAs(page, ann, `${guildhall.url}/w/${workspaceId}/p/WHEEL/board`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  return { workspaceId, path: `/w/${workspaceId}/task/WHEEL-1` };
}

/** What brings a message as a push service does, also to a page that is closed. */
async function pushTo(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${guildhall.url}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  const registrationId = await found;
  return async (message: object) => {
    const data = JSON.stringify(message);
    const to = { origin: guildhall.url, registrationId };
    await cdp.send("ServiceWorker.deliverPushMessage", { ...to, data });
  };
}

const worker = async (context: BrowserContext) =>
  context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));

test("who has the app closed sees what it is, and a click leads to the place in an open window", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["notifications"], { origin: guildhall.url });
  const ann = await guildhall.person("Ann");
  const { path } = await openBoard(page, ann);
  const sw = await worker(context);
  const message = { title: "WHEEL-1 Mend the race", body: "Ben assigned you", path, tag: "t1" };
  const shown = () =>
    sw.evaluate(async () => {
      const scope = globalThis as unknown as { registration: ServiceWorkerRegistration };
      const all = await scope.registration.getNotifications();
      return all.map(({ title, body, data, tag }) => ({ title, body, tag, path: data.path }));
    });

  const pagesInFront = () =>
    sw.evaluate(async () => {
      const scope = globalThis as unknown as {
        clients: { matchAll(of: object): Promise<{ visibilityState: string }[]> };
      };
      const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
      return pages.filter(({ visibilityState }) => visibilityState === "visible").length;
    });

  await test.step("it is not shown to who has the app before them", async () => {
    const deliver = await pushTo(page);
    await deliver({ ...message, tag: "t0" });
    await page.goto("about:blank");
    // The worker hears a moment later that it is gone.
    await expect.poll(pagesInFront).toBe(0);
    // Right after its last page has left, the browser may hold deliveries back from a worker for half a minute.
    const delivered = async () => {
      await deliver(message);
      return shown();
    };
    await expect.poll(delivered).toEqual([message]);
  });

  await test.step("the page goes there by itself", async () => {
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Wheel" })).toBeVisible();
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    await sw.evaluate(async (to) => {
      const scope = globalThis as unknown as { openPlace: (path: string) => Promise<void> };
      await scope.openPlace(to);
    }, path);
    await expect(page).toHaveURL(guildhall.url + path);
    expect(await page.evaluate(() => "isSame" in window)).toBe(true);
  });
});

test("the page says in words whether it can notify on this device", async ({ page, context }) => {
  const ann = await guildhall.person("Ann");
  const { workspaceId } = await openBoard(page, ann);
  const settings = `${guildhall.url}/w/${workspaceId}/settings?tab=notifications`;
  const control = page.getByRole("switch", { name: "Notify me on this device" });
  await context.grantPermissions(["notifications"], { origin: guildhall.url });
  await page.goto(settings);
  await expect(page.getByText("only while Guildhall is open")).toBeVisible();
  await expect(control).not.toBeChecked();
  await page.addInitScript(() => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
  });
  await page.reload();
  await expect(page.getByText("Notifications from this site are blocked")).toBeVisible();
  await expect(control).toBeDisabled();
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "PushManager");
  });
  await page.reload();
  await expect(page.getByText("can't notify you while it's closed")).toBeVisible();
});

test("the page can be installed", async ({ page }) => {
  await page.goto(`${guildhall.url}/sign-in`);
  const cdp = await page.context().newCDPSession(page);
  const { errors, data } = await cdp.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? "") as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.icons) {
    const answer = await page.request.get(guildhall.url + src);
    expect(answer.ok(), src).toBe(true);
    if (sizes === "any") continue;
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect(size).toBe(sizes);
  }
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // Of a test's browser, which keeps nothing, that is all that stands in the way.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);
});
