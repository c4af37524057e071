/**
 * A picture of every screen, in light and dark, in three sizes:
 *   node e2e/screens/pictures.ts [folder] [name of a screen …]
 *   node e2e/screens/pictures.ts --readme      those of the README, into docs/pictures
 * Needs a built server and page (`npm run build`).
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { setup } from "@guildhall/db/testing/global-setup";
import { chromium, type Page } from "@playwright/test";
import { type Screen, tours } from "./screens.ts";
import { startTourServer } from "./server.ts";
import { startTour } from "./tour.ts";

type Theme = "light" | "dark";

const themes: readonly Theme[] = ["light", "dark"];
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 380, height: 800 },
];
const inReadme: Record<string, { screen: string; theme: Theme }> = {
  "board-light": { screen: "board", theme: "light" },
  "board-dark": { screen: "board", theme: "dark" },
  "task-light": { screen: "task-peek", theme: "light" },
  "document-light": { screen: "document", theme: "light" },
  "search-light": { screen: "search", theme: "light" },
  "list-light": { screen: "list", theme: "light" },
  "import-light": { screen: "import-check", theme: "light" },
};

const [, , first, ...wanted] = process.argv;
const isForReadme = first === "--readme";
const root = path.resolve(import.meta.dirname, "../../../..");
const folder = isForReadme
  ? path.join(root, "docs/pictures")
  : path.resolve(first ?? "test-results/pictures");
mkdirSync(folder, { recursive: true });

const screens: readonly Screen[] = Object.values(tours).flat();
const endPostgres = await setup();
const server = await startTourServer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const tour = startTour(browser, server.guildhall, server.sample);
  for (const screen of screens) {
    if (!isWanted(screen)) continue;
    const page = await tour.go(screen);
    await (isForReadme ? takeForReadme(page, screen) : takeAll(page, screen));
    for (const complaint of tour.complaints()) console.error(`${screen.name}: ${complaint}`);
  }
} finally {
  await browser.close();
  await server.stop();
  await endPostgres?.();
}

/** A screen that is a step on the one before it needs that one too. */
function isWanted(screen: Screen): boolean {
  const names = isForReadme ? Object.values(inReadme).map((picture) => picture.screen) : wanted;
  if (names.length === 0 || names.includes(screen.name)) return true;
  const next = screens[screens.indexOf(screen) + 1];
  return next !== undefined && !next.at && isWanted(next);
}

async function takeAll(page: Page, { name }: Screen) {
  for (const viewport of sizes) {
    await page.setViewportSize(viewport);
    for (const theme of themes) await take(page, theme, `${name}-${theme}-${viewport.width}`);
  }
  await page.setViewportSize(sizes[0] ?? { width: 1440, height: 900 });
}

async function takeForReadme(page: Page, { name }: Screen) {
  for (const [picture, { screen, theme }] of Object.entries(inReadme)) {
    if (screen === name) await take(page, theme, picture);
  }
}

async function take(page: Page, colorScheme: Theme, name: string) {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  // What follows the window's size is drawn a frame or two later.
  await page.waitForTimeout(150);
  await page.screenshot({ path: path.join(folder, `${name}.png`), caret: "initial" });
}
