/**
 * How a board of many tasks feels in a real browser: how soon the first card is there, with nothing
 * kept on this computer and with everything; how evenly it scrolls; how soon an act is shown.
 *
 *   npm start                                    (in another window)
 *   npm run bench -- board --url http://127.0.0.1:8001 --tasks 10000
 *
 * `--board <address> --email <email>` measures a board that an earlier run has made.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { PASSWORD, seed } from "./seed.ts";

const ROUNDS = 3;

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:8001" },
    tasks: { type: "string", default: "10000" },
    board: { type: "string" },
    email: { type: "string" },
  },
});

const median = (numbers: number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
const share = (numbers: number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)] ?? Number.NaN;
const ms = (value: number) => `${Math.round(value)} ms`;

async function signIn(context: BrowserContext, email: string) {
  const page = await context.newPage();
  await page.goto(`${values.url}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/w\//);
  await page.close();
}

type Seen = { firstCard: number | null; frames: number[]; long: number[]; answer: number | null };

const seen = (page: Page) => page.evaluate<Seen>("measured.seen");

/** Milliseconds from asking for the address to the first card drawn. */
async function firstCard(context: BrowserContext, address: string) {
  const page = await context.newPage();
  await page.addInitScript({ path: path.join(import.meta.dirname, "pages/board-page.js") });
  await page.goto(address);
  await page.waitForFunction("measured.seen.firstCard !== null");
  return { page, time: (await seen(page)).firstCard ?? Number.NaN };
}

/** Turns the wheel over the longest column: reading at first, then in great leaps. */
async function scroll(page: Page) {
  const columns = page.locator('[data-edge-scroll="y"]');
  const heights = await columns.evaluateAll((all) => all.map((each) => each.scrollHeight));
  const longest = columns.nth(heights.indexOf(Math.max(...heights)));
  await longest.hover();
  await page.evaluate("measured.watchFrames()");
  for (let turn = 0; turn < 240; turn++) {
    await page.mouse.wheel(0, turn < 160 ? 240 : 4_000);
    await page.waitForTimeout(16);
  }
  const { frames, long } = await seen(page);
  return { frames: frames.slice(1), long, top: await longest.evaluate((each) => each.scrollTop) };
}

async function answerTo(page: Page, keys: string) {
  await page.evaluate("measured.watchAnswer()");
  await page.keyboard.press(keys);
  await page.waitForFunction("measured.seen.answer !== null");
  return (await seen(page)).answer ?? Number.NaN;
}

async function measure() {
  const made = values.board ? null : await seed(values.url, Number(values.tasks));
  const email = values.email ?? made?.email ?? "";
  const address =
    values.board ?? `${values.url}/w/${made?.workspaceId}/p/${made?.projectKey}/board`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // The page forbids evaluating text, which is how the measuring is put into it.
    bypassCSP: true,
  });
  await signIn(context, email);

  const cold: number[] = [];
  const kept: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = await firstCard(context, address);
    cold.push(first.time);
    // The cache is written every two seconds at most.
    await first.page.waitForTimeout(5_000);
    await first.page.close();
    const again = await firstCard(context, address);
    kept.push(again.time);
    await again.page.evaluate("measured.forgetAll()");
    await again.page.close();
  }

  const { page } = await firstCard(context, address);
  await page.waitForTimeout(5_000);
  await page.locator("[data-task-id] [role=button]").first().focus();
  const moves: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    moves.push(await answerTo(page, "Shift+ArrowDown"));
    await page.waitForTimeout(1_000);
  }
  const { frames, long, top } = await scroll(page);
  await browser.close();

  console.table({
    "first card, nothing kept": ms(median(cold)),
    "first card, from what is kept": ms(median(kept)),
    "a move by key is shown after": ms(median(moves)),
    "scrolled through": `${Math.round(top)} px`,
    "frame, median": ms(median(frames)),
    "frame, 95 of 100 within": ms(share(frames, 0.95)),
    "frame, longest": ms(Math.max(...frames)),
    "tasks over 50 ms while scrolling": `${long.length} (longest ${ms(Math.max(0, ...long))})`,
  });
}

await measure();
