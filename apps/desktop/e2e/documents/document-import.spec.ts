/** A folder of documents comes in, is read, goes out as a zip, and comes in again as the same. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Guildhall } from "../guildhall.ts";
import { enter } from "../people.ts";
import { test } from "../test.ts";

/** One red dot. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
const handbook: Record<string, string | Buffer> = {
  "README.md":
    "# Handbook\n\nStart with [the wheel](parts/50%25%20%231%20wheel.md), then [the sluice](機械/水門.md).\nThere is no [old page](gone.md).\n",
  "parts/50% #1 wheel.md": "---\ntitle: The wheel\n---\n\n![A dot](../pictures/red%20dot.png)\n",
  "parts/other.md": "---\ntitle: The wheel\n---\n\nOf the same title.\n",
  "機械/水門.md": "# 水門\n\n[Back](../README.md)\n",
  "pictures/red dot.png": picture,
};

let guildhall: Guildhall;
let folder: string;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
  folder = mkdtempSync(path.join(tmpdir(), "guildhall-handbook-"));
  for (const [name, content] of Object.entries(handbook)) {
    const file = path.join(folder, "Old Mill", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
});
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const line = (page: Page, title: string) =>
  page.getByRole("treeitem", { name: title, exact: true });

async function importing(page: Page, address: string) {
  await page.goto(guildhall.url + address);
  await page
    .getByRole("button", { name: /^Import/ })
    .first()
    .click();
  return page.getByRole("dialog");
}

async function exported(page: Page): Promise<Buffer> {
  await line(page, "Old Mill").first().click({ button: "right" });
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as Markdown (zip)" }).click();
  return readFileSync(await (await saved).path());
}

test("a folder comes in with its links and pictures, goes out, and comes in as the same", async ({
  browser,
}) => {
  const ann = await guildhall.person("Ann");
  const { id } = await ann.api.workspaces.create.mutate({ name: "Mill" });
  const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
  await enter(page, ann, guildhall.url);
  const dialog = await importing(page, `/w/${id}/documents`);

  await test.step("the report says what came, and what does not lead anywhere", async () => {
    await dialog.getByLabel("Folder to import").setInputFiles(path.join(folder, "Old Mill"));
    await expect(page.getByRole("dialog", { name: "Import complete" })).toBeVisible();
    await expect(dialog.getByText("1 link points to something")).toBeVisible();
    await expect(dialog.getByText(/Points to nothing in this folder.*gone\.md/)).toBeVisible();
    await dialog.getByRole("button", { name: "Show documents" }).click();
  });

  await test.step("links lead on, and the picture is shown", async () => {
    await line(page, "Old Mill").focus();
    await page.keyboard.press("ArrowRight");
    await line(page, "Handbook").click();
    const text = page.getByLabel("Text", { exact: true });
    await text.getByRole("link", { name: "the wheel" }).click();
    await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("The wheel");
    const shown = text.getByRole("img", { name: "A dot" });
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
  });

  const once = await exported(page);
  await test.step("imported again and exported, it is the same bytes", async () => {
    await line(page, "Old Mill").focus();
    await page.keyboard.press("Delete");
    await expect(line(page, "Old Mill")).toHaveCount(0);
    const again = await importing(page, `/w/${id}/documents`);
    const zip = { name: "any.zip", mimeType: "application/zip", buffer: once };
    await again.getByLabel("Documents to import").setInputFiles(zip);
    await again.getByRole("button", { name: "Show documents" }).click();
    expect((await exported(page)).equals(once)).toBe(true);
  });
});
