/**
 * Takes a picture of every gallery page in both themes and runs axe on it:
 *   node e2e/gallery.check.ts [folder for the pictures] [name of a picture …]
 * Ends with 1 on a serious or critical finding, or on an error in the page's console.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Page } from "@playwright/test";
import { createServer } from "vite";

type Picture = { name: string; hash: string; open?: (page: Page) => Promise<void> };

const press = (name: string) => async (page: Page) => {
  await page.getByRole("button", { name, exact: true }).first().click();
};

const pictures: Picture[] = [
  { name: "controls", hash: "controls" },
  { name: "overlays", hash: "overlays" },
  { name: "menu", hash: "overlays", open: press("Task menu") },
  { name: "date", hash: "overlays", open: press("2026-12-24") },
  { name: "dialog", hash: "overlays", open: press("Dialog") },
  { name: "alert", hash: "overlays", open: press("Alert") },
  { name: "keys", hash: "overlays", open: (page) => page.keyboard.press("?") },
  {
    name: "palette",
    hash: "overlays",
    open: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Type a command or search…").fill("ta");
      await page.getByText("Results", { exact: true }).waitFor();
    },
  },
  {
    name: "toasts",
    hash: "overlays",
    open: async (page) => {
      await press("Toast")(page);
      await press("Failed toast")(page);
      await page.getByRole("button", { name: "Offline, 2 waiting" }).click();
    },
  },
  { name: "board", hash: "board" },
  { name: "list", hash: "list" },
  {
    name: "combobox",
    hash: "board",
    open: async (page) => {
      await page
        .getByRole("definition")
        .filter({ hasText: "Ada Lovelace" })
        .getByRole("combobox")
        .click();
    },
  },
  { name: "sign-in", hash: "auth/sign-in" },
  { name: "sign-up", hash: "auth/sign-up" },
  { name: "forgot", hash: "auth/forgot" },
  { name: "sent", hash: "auth/sent" },
  { name: "reset", hash: "auth/reset" },
  { name: "server", hash: "auth/server" },
];

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];

const [, , folderName, ...wanted] = process.argv;
const folder = resolve(folderName ?? "test-results/gallery");
mkdirSync(folder, { recursive: true });

// Else vite ends the process as soon as its standard input closes, as it does in a script.
process.env.CI = "true";

const server = await createServer({
  configFile: resolve(import.meta.dirname, "../vite.renderer.config.ts"),
  server: { port: 0, proxy: {} },
  logLevel: "warn",
});
await server.listen();
const address = server.resolvedUrls?.local[0] ?? "";
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const findings: string[] = [];

async function takeAll(colorScheme: "light" | "dark") {
  for (const viewport of sizes) {
    const context = await browser.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
    context.setDefaultTimeout(10_000);
    for (const picture of pictures) {
      if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
      const page = await context.newPage();
      await take(page, picture, colorScheme).catch((error: Error) =>
        findings.push(`${picture.name}: ${error.message}`),
      );
      await page.close();
    }
    await context.close();
  }
}

await Promise.all([takeAll("light"), takeAll("dark")]);
await browser.close();
await server.close();
console.log(findings.length === 0 ? "No finding." : [...new Set(findings)].join("\n"));
// vite keeps watchers open that would hold the process.
process.exit(findings.length === 0 ? 0 : 1);

async function take(page: Page, { name, hash, open }: Picture, theme: string) {
  const width = page.viewportSize()?.width;
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning")
      findings.push(`${name}: ${line.text()}`);
  });
  page.on("pageerror", (error) => findings.push(`${name}: ${error.message}`));
  await page.goto(`${address}gallery.html#${hash}`);
  await page.locator("h1").waitFor();
  await page.evaluate(() => document.fonts.ready);
  await open?.(page);
  await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
  // The smaller window shows the same elements; axe takes seconds.
  if (width !== sizes[0]?.width) return;
  const { violations } = await new AxeBuilder({ page })
    // Base UI's focus guards are hidden and focusable on purpose: they pass the focus on.
    .exclude("[data-base-ui-focus-guard]")
    .analyze();
  for (const { id, impact, nodes } of violations) {
    if (impact !== "serious" && impact !== "critical") continue;
    const where = nodes.map(({ target, failureSummary }) => `\n  ${target} ${failureSummary}`);
    findings.push(`${name} ${theme} ${width}: ${id}${where.slice(0, 4).join("")}`);
  }
}
