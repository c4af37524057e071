/** Searching by keys alone: whatever is found opens where it stands. */
import { expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "./guildhall.ts";
import { openAs } from "./people.ts";
import { pdfOf } from "./samples/small-files.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

test("from the palette and the page of searching, by keys alone", async ({ page }) => {
  const ann = await guildhall.person("Ann");
  const workspaceId = await write(ann);
  await openAs(page, ann, guildhall.url);
  await expect(page.getByRole("heading", { name: "My work" })).toBeVisible();

  await test.step("the palette finds each kind, and opens it where it stands", async () => {
    await ask(page, "millstone remark");
    await expect(page).toHaveURL(/\/task\/MILL-1#comment-/);
    const said = page.getByRole("article").filter({ hasText: "A millstone remark" });
    await expect(said).toBeInViewport();

    await ask(page, "millstone quarry");
    const shown = page.getByRole("dialog", { name: "quarry.pdf" });
    await expect(shown).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(shown).toBeHidden();

    await ask(page, "millstone doubt");
    await expect(page).toHaveURL(/\/d\/.*panel=comments#comment-/);
    await expect(page.getByText("A millstone doubt")).toBeVisible();
  });

  await test.step("opened again at once, it is as new", async () => {
    const line = page.getByPlaceholder("Type a command or search…");
    await page.keyboard.press("Control+k");
    await expect(line).toBeFocused();
    await page.keyboard.type("millstone");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(line).toBeFocused();
    await expect(line).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(line).toBeHidden();
  });

  await test.step("Enter before the answer is there opens what it finds, not what an older one found", async () => {
    const held = Promise.withResolvers<void>();
    await page.route(/search\.find.*doubt/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await expect(page.getByRole("heading", { name: "My work" })).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByPlaceholder("Type a command or search…")).toBeFocused();
    const found = page.getByRole("option").filter({ has: page.locator("mark") });
    await page.keyboard.type("millstone");
    await expect(found).not.toHaveCount(0);
    await page.keyboard.type(" doubt");
    await page.keyboard.press("Enter");
    held.resolve();
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await expect(palette).toBeHidden();
    await expect(page).toHaveURL(/\/d\/.*panel=comments#comment-/);
    await page.unrouteAll();
  });

  await test.step("the page of searching: arrows, filters, Enter, Back", async () => {
    await page.goto(`${guildhall.url}/w/${workspaceId}/search`);
    await expect(page.getByRole("searchbox")).toBeFocused();
    await page.keyboard.type("millstone");
    const found = page.getByRole("list", { name: "Results" }).getByRole("link");
    await expect(found).toHaveCount(5);
    await expect(found.filter({ hasText: "quarry.pdf" }).locator("mark")).toHaveText(["millstone"]);
    await page.keyboard.press("Tab");
    for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Files 1" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(found).toHaveCount(1);
    await page.getByRole("searchbox").press("ArrowDown");
    await expect(found).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "quarry.pdf" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("searchbox")).toHaveValue("millstone");
    await expect(found).toHaveCount(1);
  });
});

async function ask(page: Page, words: string) {
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder("Type a command or search…")).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}

async function write({ api, token }: Person): Promise<string> {
  const { id: workspaceId } = await api.workspaces.create.mutate({ name: "Old Mill" });
  const project = { workspaceId, name: "Mill", key: "MILL" };
  const { id: projectId } = await api.projects.create.mutate(project);
  const { id: taskId } = await api.tasks.create.mutate({ projectId, title: "Lift the millstone" });
  for (let i = 0; i < 12; i++) {
    await api.comments.create.mutate({ taskId, body: `${i}\n\nand\n\nso\n\non` });
  }
  await api.comments.create.mutate({ taskId, body: "A millstone remark" });
  const title = "Dressing a millstone";
  const { id: documentId } = await api.documents.create.mutate({ workspaceId, title });
  const place = { anchor: { from: "AQAA", to: "AQAB" }, quote: "gone" };
  await api.threads.begin.mutate({
    ...{ documentId, ...place },
    comment: { body: "A millstone doubt" },
  });
  const query = new URLSearchParams({ projectId, name: "quarry.pdf" });
  const body = new Uint8Array(pdfOf(["From which quarry the millstone came"]));
  const headers = { authorization: `Bearer ${token}` };
  const address = `${guildhall.url}/files/${crypto.randomUUID()}?${query}`;
  expect((await fetch(address, { method: "PUT", headers, body })).ok).toBe(true);
  // What was written is found some moments later; until then something like it is.
  for (const word of ["remark", "doubt", "quarry"]) {
    const first = async () => {
      const asked = { workspaceId, text: `millstone ${word}` };
      return JSON.stringify((await api.search.find.query(asked)).items[0] ?? null);
    };
    await expect.poll(first).toContain(word);
  }
  return workspaceId;
}
