/** What the service worker answers, and what it leaves to the server. */
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { type Guildhall, type Person, startGuildhall } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { openAs } from "./people.ts";
import { chessBoard } from "./samples/small-files.ts";
import { test } from "./test.ts";

test.use({ serviceWorkers: "allow" });

const METRICS_TOKEN = "a token for the metrics";
let guildhall: Guildhall;
let ann: Person;
let file: string;
let workspaceId: string;

test.beforeAll(async () => {
  guildhall = await startGuildhall({ METRICS_TOKEN });
  ann = await guildhall.person("Ann");
  ({ id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Mill" }));
  const { id: projectId } = await ann.api.projects.create.mutate({
    workspaceId,
    name: "App",
    key: "APP",
  });
  const { id: taskId } = await ann.api.tasks.create.mutate({ projectId, title: "A task" });
  file = `${guildhall.url}/files/${randomUUID()}`;
  const sent = await fetch(`${file}?name=wheel.png&taskId=${taskId}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${ann.token}` },
    body: new Uint8Array(chessBoard),
  });
  expect(sent.status).toBe(201);
});
test.afterAll(() => guildhall.stop());

async function openWithWorker(page: Page) {
  await openAs(page, ann, guildhall.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  // Only a page that it controls has its navigations answered by it.
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

test("files and the server's own addresses are answered by the server", async ({ page }) => {
  await openWithWorker(page);
  const answer = await page.goto(file);
  expect(answer?.fromServiceWorker()).toBe(false);
  expect(answer?.headers()["content-type"]).toBe("image/png");
  await expect(page.locator("img")).toBeVisible();
  expect(await (await page.goto(`${guildhall.url}/healthz`))?.text()).toBe("ok\n");
  await page.setExtraHTTPHeaders({ authorization: `Bearer ${METRICS_TOKEN}` });
  expect(await (await page.goto(`${guildhall.url}/metrics`))?.text()).toContain("# HELP");
  await page.setExtraHTTPHeaders({});
  const nowhere = await page.goto(`${guildhall.url}/nowhere`);
  expect([nowhere?.status(), nowhere?.fromServiceWorker()]).toEqual([404, false]);
  await expect(page.getByText("Page not found")).toBeVisible();
  for (const address of ["/trpc/auth.me", "/files/exports/none"]) {
    expect((await page.goto(`${guildhall.url}${address}`))?.fromServiceWorker()).toBe(false);
  }
});

test("its own addresses open without a connection, and no others do", async ({ page, context }) => {
  await openWithWorker(page);
  await page.goto(`${guildhall.url}/w/${workspaceId}/members`);
  await expect(page.getByRole("heading", { name: /Members/ })).toBeVisible();
  await goOffline(context);
  for (const address of ["/", `/w/${workspaceId}/my-work`, "/join?invitation=none"]) {
    expect((await page.goto(`${guildhall.url}${address}`))?.fromServiceWorker()).toBe(true);
  }
  await expect(page.goto(`${guildhall.url}/healthz`)).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
  // Nobody has seen it here, nor is it kept: the worker has nothing to give.
  await expect(page.goto(file)).rejects.toThrow(/ERR_(INTERNET_DISCONNECTED|FAILED)/);
});
