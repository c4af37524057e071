/**
 * How soon somebody knows that they were mentioned, from browser to browser: from the keys that send the
 * comment to the badge, the title and the toast on the other's screen, over two workers; then with a
 * Redis that has stopped answering: `npm run bench -- notifications/told` (the page has to be built: `npm run build`)
 *
 * Both browsers, the server, its Postgres and Redis share this machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "@guildhall/api/client";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { startTestRedis } from "@guildhall/testing/redis";
import { type Browser, chromium, type Page } from "@playwright/test";
import { machine, share, startMeasured } from "../measured-program.ts";
import { tell } from "../verdicts.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 20);
const FROZEN_ROUNDS = Number(process.env.FROZEN_ROUNDS ?? 6);
const PASSWORD = "correct horse battery";

type Person = { email: string; token: string };

async function makePlace(url: string) {
  const door = createClient({ url });
  const register = async (name: string) => {
    const email = `${name}@example.com`.toLowerCase();
    const { token, user } = await door.auth.register.mutate({ name, email, password: PASSWORD });
    return { email, token, id: user.id, api: createClient({ url, token }) };
  };
  const [ann, ben] = [await register("Ann"), await register("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const project = await ann.api.projects.create.mutate({
    workspaceId,
    name: "Wheel",
    key: "WHEEL",
  });
  await ann.api.tasks.create.mutate({ projectId: project.id, title: "Mend the race" });
  for (const { api } of [ann, ben]) await api.close();
  await door.close();
  return { ann, ben, home: `/w/${workspaceId}` };
}

async function open(browser: Browser, { email }: Person, address: string): Promise<Page> {
  // The page forbids evaluating text, which is how the measuring is put into it.
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript({ path: path.join(import.meta.dirname, "told-page.js") });
  const data = { json: { email, password: PASSWORD } };
  await context.request.post(new URL("/trpc/auth.login", address).href, { data });
  await page.goto(address);
  await page.getByRole("navigation", { name: "Workspace" }).waitFor();
  return page;
}

/** One mention, written and sent by keys; milliseconds until the other has been told. */
async function mention(from: Page, to: Page): Promise<number> {
  const field = from
    .getByRole("textbox", { name: "Comment" })
    .and(from.locator("[contenteditable]"));
  await field.click();
  await from.keyboard.type("Look, @be");
  await from.getByRole("option", { name: "Ben" }).click();
  const before = JSON.stringify(await to.evaluate("measured.shown()"));
  const told = to.evaluate<number>(`measured.toldAt(${before})`);
  await from.keyboard.press("Control+Enter");
  return (await told) - (await from.evaluate<number>("measured.sentAt"));
}

/** The other one comes anew each time, and so to one worker and the other. */
async function measure(
  browser: Browser,
  from: Page,
  rounds: number,
  other: Person,
  address: string,
) {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const to = await open(browser, other, address);
    took.push(await mention(from, to));
    await to.context().close();
  }
  return took;
}

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
const redis = await startTestRedis();
const server = await startMeasured("apps/server/dist/main.js", {
  DATABASE_URL: postgres.url,
  REDIS_URL: redis.url,
  GUILDHALL_DATA: folder,
  WORKERS: "2",
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const { ann, ben, home } = await makePlace(server.url);
  const from = await open(browser, ann, `${server.url}${home}/task/WHEEL-1`);
  const address = `${server.url}${home}/p/WHEEL/board`;
  const live = await measure(browser, from, ROUNDS, ben, address);
  redis.freeze();
  const frozen = await measure(browser, from, FROZEN_ROUNDS, ben, address).finally(redis.thaw);
  const row = (took: number[]) => ({
    mentions: took.length,
    "p50, ms": share(took, 0.5),
    "p95, ms": share(took, 0.95),
    "longest, ms": Math.max(...took),
  });
  console.table({ "two workers": row(live), "Redis is frozen": row(frozen) });
  tell("told of a mention, browser to browser, p95", share(live, 0.95), { most: 500 }, " ms");
  tell("the same while Redis is frozen, longest", Math.max(...frozen), { most: 5_000 }, " ms");
} finally {
  await browser.close();
  await server.stop();
  await redis.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
