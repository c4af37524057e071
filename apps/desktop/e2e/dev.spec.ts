/** `npm run dev` with a page open: edits of the page keep its state, and the server's mistakes are shown in it. */
import { createClient } from "@guildhall/api/client";
import { type EditedDev, startEditedDev } from "@guildhall/testing/edited-dev";
import { expect } from "@playwright/test";
import { test } from "./test.ts";

const FORM = "apps/desktop/src/renderer/src/features/sign-in/sign-up-form.tsx";
const SERVER = "apps/server/src/http/refusal.ts";
const PASSWORD = "correct horse battery";

let dev: EditedDev;
test.beforeAll(async () => {
  dev = await startEditedDev();
});
test.afterAll(() => dev.stop());

test("a page stays as it is while it and the server are edited", async ({ page }) => {
  const { program } = dev;
  await program.ready();
  const pageUrl = await dev.pageUrl();
  // At its very first page Vite finds out which packages there are, and reloads once it has them all.
  await page.goto(`${pageUrl}/sign-up`, { waitUntil: "networkidle" });
  await page.reload({ waitUntil: "networkidle" });
  const name = page.getByLabel("Your name");
  await name.fill("Ann");
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  const isSame = () => page.evaluate(() => "isSame" in window);

  await test.step("an edit of the page is there, with what was typed", async () => {
    const form = dev.read(FORM);
    dev.write(FORM, form.replace("Create your account", "Found the hall"));
    await expect(page.getByRole("heading", { name: "Found the hall" })).toBeVisible();
    await expect(name).toHaveValue("Ann");

    dev.write(FORM, form.replace("<AuthFrame", "<<AuthFrame"));
    await expect(page.locator("vite-error-overlay")).toContainText("sign-up-form.tsx");
    await program.said(/sign-up-form\.tsx/);
    dev.write(FORM, form);
    await expect(page.locator("vite-error-overlay")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Create your account" })).toBeVisible();
    await expect(name).toHaveValue("Ann");
    expect(await isSame()).toBe(true);
  });

  const server = dev.read(SERVER);
  await test.step("a mistake in the server is shown, and goes when it is mended", async () => {
    const shown = page.locator("server-problem");
    dev.write(SERVER, `${server}\nconst = 1;\n`);
    await expect(shown).toContainText("SyntaxError");
    await expect(shown).toContainText("refusal.ts");
    dev.write(SERVER, `${server}\nthrow new Error("thrown while it loads");\n`);
    await expect(shown).toContainText("thrown while it loads");
    dev.write(SERVER, server);
    await expect(shown).toHaveCount(0);
    await expect(name).toHaveValue("Ann");
    expect(await isSame()).toBe(true);
  });

  await test.step("an open page is live again after the server was edited", async () => {
    await page.getByLabel("Email").fill("ann@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByLabel("Workspace name").fill("Old Mill");
    await page.keyboard.press("Enter");
    await page.getByText("Skip for now").click();
    await expect(page).toHaveURL(/\/w\//);
    dev.write(SERVER, `${server}\nprocess.stdout.write("as edited\\n");\n`);
    await program.said(/as edited\n[\s\S]*Guildhall is ready/);

    const person = { email: "ann@example.com", password: PASSWORD };
    const { token } = await createClient({ url: dev.url }).auth.login.mutate(person);
    const script = createClient({ url: dev.url, token: token ?? undefined });
    const workspaceId = /\/w\/([^/]+)/.exec(page.url())?.[1] ?? "";
    await script.projects.create.mutate({ workspaceId, name: "Wheel", key: "WHEEL" });
    await expect(page.getByRole("link", { name: "Wheel" })).toBeVisible();
    expect(await isSame()).toBe(true);
    await script.close();
  });
});
