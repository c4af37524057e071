/** What lies at hand: the first account, the caret in what was just made, whole words, one language. */
import { type Browser, expect, type Page } from "@playwright/test";
import { type Guildhall, type Person, startGuildhall } from "./guildhall.ts";
import { openAs, signUp } from "./people.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

type Look = {
  locale?: string;
  deviceScaleFactor?: number;
  viewport?: { width: number; height: number };
};

async function open(browser: Browser, person: Person, at: string, look: Look = {}): Promise<Page> {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await openAs(page, person, `${guildhall.url}${at}`);
  return page;
}

test("a fresh server opens on its first account, and never again", async ({ browser }) => {
  const fresh = await startGuildhall();
  const page = await browser.newPage();
  await page.goto(fresh.url);
  await expect(page.getByRole("heading", { name: "Create the first account" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Sign in" })).toHaveCount(0);
  await signUp(page, fresh.url, {
    name: "Ada",
    email: "ada@example.com",
    password: "correct horse battery",
  });
  const other = await browser.newPage();
  await other.goto(fresh.url);
  await expect(other.getByRole("button", { name: "Sign in" })).toBeVisible();
  await fresh.stop();
});

test("Enter in a new title goes on in the text, however long the editor takes to come", async ({
  browser,
}) => {
  const ann = await guildhall.person("Ann");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const loaded = Promise.withResolvers<void>();
  await context.route(/document-page-[^/]*\.js$/, async (route) => {
    await loaded.promise;
    await route.continue();
  });
  await openAs(page, ann, `${guildhall.url}/w/${workspaceId}/documents`);
  await page.getByRole("main").getByRole("button", { name: "New document" }).first().click();
  await expect(page.getByRole("textbox", { name: "Title" })).toBeFocused();
  await page.keyboard.type("Cog repairs");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Take the old cog out.");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Put the");
  await expect(page.locator("[contenteditable]")).toHaveCount(0);
  loaded.resolve();
  const text = page.locator("[contenteditable]");
  await expect(text).toBeFocused();
  await page.keyboard.type(" new one in.");
  await expect(text.locator("p")).toHaveText(["Take the old cog out.", "Put the new one in."]);
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("Cog repairs");
  await expect(page.getByRole("button", { name: "Saved" })).toBeVisible();
});

test("what one has just made has the caret", async ({ browser }) => {
  const ann = await guildhall.person("Ann");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const wheel = { workspaceId, name: "Wheel", key: "WHEEL" };
  const { id: projectId } = await ann.api.projects.create.mutate(wheel);
  const page = await open(browser, ann, `/w/${workspaceId}/documents`);

  await test.step("a document's title, before anything of it is loaded", async () => {
    await page.getByRole("main").getByRole("button", { name: "New document" }).first().click();
    const title = page.getByRole("textbox", { name: "Title" });
    await expect(title).toBeFocused();
    await page.keyboard.type("Cog repairs");
    await expect(title).toHaveValue("Cog repairs");
    await page.getByRole("textbox", { name: "Text", exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Text", exact: true })).toBeFocused();
    await expect(page.getByRole("treeitem", { name: "Cog repairs" })).toBeVisible();
  });

  await test.step("a task's card; Enter in its title is the button, and a toast opens it", async () => {
    await page.goto(`${guildhall.url}/w/${workspaceId}/p/WHEEL/board`);
    await page.getByRole("heading", { name: "Wheel" }).waitFor();
    await page.keyboard.press("c");
    await page.getByRole("textbox", { name: "Title" }).fill("Grease the axle");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "New task" })).toHaveCount(0);
    await expect(page.locator(":focus")).toContainText("Grease the axle");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.waitForURL(/\/task\//);
    await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("Grease the axle");
  });

  await test.step("also where its card is out of sight, on the board and in the list", async () => {
    for (let n = 1; n <= 60; n++) {
      await ann.api.tasks.create.mutate({ projectId, title: `Tooth ${n}`, place: "top" });
    }
    for (const view of ["board", "list"]) {
      await page.goto(`${guildhall.url}/w/${workspaceId}/p/WHEEL/${view}`);
      await page.getByText("Tooth 60", { exact: true }).first().waitFor();
      await page.getByText("Tooth 60", { exact: true }).first().hover();
      await page.mouse.wheel(0, 100_000);
      await expect(page.getByText("Tooth 60", { exact: true })).toHaveCount(0);
      await page.keyboard.press("c");
      await page.getByRole("textbox", { name: "Title" }).fill(`Made in the ${view}`);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog", { name: "New task" })).toHaveCount(0);
      await expect(page.locator(":focus")).toContainText(`Made in the ${view}`);
      await expect(page.locator(":focus")).toBeInViewport();
    }
  });

  await test.step("“Saved” stands where things save themselves, not over a form", async () => {
    await expect(page.getByRole("button", { name: "Saved" })).toBeVisible();
    await page.goto(`${guildhall.url}/w/${workspaceId}/settings`);
    await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Saved" })).toHaveCount(0);
  });

  await test.step("six templates are there from the start", async () => {
    await page.goto(`${guildhall.url}/w/${workspaceId}/documents`);
    await page.getByRole("button", { name: "More ways to create" }).click();
    await page.getByRole("menuitem", { name: "From a template…" }).click();
    const dialog = page.getByRole("dialog", { name: "New document" });
    await expect(
      dialog.getByRole("button", { name: /notes|brief|record|update|review|plan/ }),
    ).toHaveCount(6);
    await dialog.getByRole("button", { name: /Decision record/ }).click();
    const text = page.getByRole("textbox", { name: "Text", exact: true });
    await expect(text.getByRole("heading", { name: "Consequences" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("Decision record");
  });
});

test("one language in a German browser, and each text as its script runs", async ({ browser }) => {
  const gerd = await guildhall.person("Gerd");
  const { id: workspaceId } = await gerd.api.workspaces.create.mutate({ name: "Mühle" });
  const { id: projectId, statuses } = await gerd.api.projects.create.mutate({
    workspaceId,
    name: "Rad",
    key: "RAD",
  });
  const task = await gerd.api.tasks.create.mutate({
    projectId,
    statusId: statuses[0]?.id ?? "",
    title: "إصلاح العجلة قبل الشتاء",
    description: "أولاً نفحص المحور.\n\nThen the cogs.",
  });
  const page = await open(browser, gerd, `/w/${workspaceId}/task/${task.key}`, { locale: "de-DE" });
  await expect(page.getByText("created the task")).toBeVisible();
  await expect(page.getByText("just now").first()).toBeVisible();
  await expect(page.getByText(/\b(vor|jetzt|heute|gestern)\b/i)).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveCSS("direction", "rtl");
  await expect(page.getByText("أولاً نفحص المحور.")).toHaveCSS("direction", "rtl");
  await expect(page.getByText("Then the cogs.")).toHaveCSS("direction", "ltr");

  const { id } = await gerd.api.documents.create.mutate({ workspaceId, title: "العجلة" });
  await page.goto(`${guildhall.url}/w/${workspaceId}/d/${id}`);
  const text = page.getByRole("textbox", { name: "Text", exact: true });
  await text.click();
  await page.keyboard.type("مرحبا بالعالم");
  await page.keyboard.press("Enter");
  await page.keyboard.type("And hello.");
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveCSS("direction", "rtl");
  await expect(text.locator("p").first()).toHaveCSS("direction", "rtl");
  await expect(text.locator("p").last()).toHaveCSS("direction", "ltr");
});

const words =
  "say which books a library card cannot borrow and why reservations expire early".split(" ");
const titles = [
  ...Array.from({ length: 60 }, (_, n) =>
    words
      .slice(0, 2 + (n % 11))
      .join(" ")
      .padEnd(20 + (n % 40), "n i"),
  ),
  "Rechtsschutzversicherungsgesellschaftenverordnung prüfen",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "https://guildhall.example.org/w/0198/p/WHEEL/board?status=open&assignee=ann&sort=priority",
  "図書館の本を予約するときに、期限が切れた予約をどのように扱うかを決める",
  "返却期限を過ぎた本",
  "도서관 카드로 빌릴 수 없는 책과 그 이유를 설명하고 예약이 일찍 만료되는 경우를 정리한다",
  "ترتيب البطاقات على اللوحة حسب الأولوية ثم حسب تاريخ الاستحقاق مع الحفاظ على الترتيب",
  "👩‍👩‍👧‍👦 Families 🏳️‍🌈 and flags 🇩🇪🇫🇷🇯🇵 in a title that goes on for quite some while, further than two lines",
];

for (const [zoom, fonts] of [
  [1, "its own"],
  [1.1, "its own"],
  [1.5, "its own"],
  [2, "its own"],
  [1, "a fallback"],
] as const) {
  test(`cards at ${zoom * 100} % with ${fonts} font are as high as drawn`, async ({ browser }) => {
    const cora = await guildhall.person(`Cora${zoom * 10}${fonts === "its own" ? "a" : "b"}`);
    const { id: workspaceId } = await cora.api.workspaces.create.mutate({ name: "Cards" });
    const project = await cora.api.projects.create.mutate({ workspaceId, name: "All", key: "ALL" });
    for (const [n, title] of titles.entries()) {
      await cora.api.tasks.create.mutate({
        projectId: project.id,
        statusId: project.statuses[n % 4]?.id ?? "",
        title,
      });
    }
    const context = await browser.newContext({
      deviceScaleFactor: zoom,
      viewport: { width: 1440, height: 2400 },
    });
    const page = await context.newPage();
    if (fonts === "a fallback") await page.route(/\.woff2/, (route) => route.abort());
    await openAs(page, cora, `${guildhall.url}/w/${workspaceId}/p/ALL/board`);
    await page.evaluate(() => document.fonts.ready);
    const cards = page.locator("[data-task-id]");
    await expect.poll(() => cards.count()).toBeGreaterThan(50);

    const faults = await cards.evaluateAll((all) =>
      all.flatMap((card) => {
        const title = card.querySelector<HTMLElement>("p");
        const shown = title?.querySelector<HTMLElement>(":scope > span:last-child");
        if (!title || !shown) return ["a card without a title"];
        const range = document.createRange();
        range.selectNodeContents(shown);
        const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
        const drawn =
          Math.max(...rects.map((r) => r.bottom)) - Math.min(...rects.map((r) => r.top));
        const lines = Math.round(drawn / 18);
        const room = Math.round(title.getBoundingClientRect().height / 18);
        const text = shown.textContent ?? "";
        const found: string[] = [];
        if (lines !== room) found.push(`${lines} lines in the room of ${room}: ${text}`);
        if (shown.getBoundingClientRect().width > title.clientWidth + 1)
          found.push(`wider: ${text}`);
        const whole = title.title || text;
        if (text.endsWith("…")) {
          const end = text.length - 1;
          const isWord = (sign: string | undefined) => /[\p{L}\p{N}]/u.test(sign ?? "");
          const isLatin = (sign: string | undefined) => /[\p{Script=Latin}\p{N}]/u.test(sign ?? "");
          const isCut = isWord(whole[end - 1]) && isWord(whole[end]) && isLatin(whole[end]);
          if (isCut && /\s/.test(text)) found.push(`cut within a word: ${text}`);
        }
        return found;
      }),
    );
    expect(faults).toEqual([]);
    await context.close();
  });
}

test("lists give their width to titles, on small screens and phones", async ({ browser }) => {
  const lena = await guildhall.person("Lena");
  const { id: workspaceId } = await lena.api.workspaces.create.mutate({ name: "Lists" });
  const project = await lena.api.projects.create.mutate({ workspaceId, name: "All", key: "ALL" });
  const labelled = await lena.api.labels.create.mutate({
    projectId: project.id,
    name: "accessibility",
    color: "#336699",
  });
  const labelIds = [labelled.id];
  await lena.api.tasks.create.mutate({
    projectId: project.id,
    statusId: project.statuses[0]?.id ?? "",
    title: titles[9] ?? "",
    labelIds,
    dueDate: "2026-12-24",
    estimate: 3,
    assigneeIds: [lena.id],
  });
  for (const [width, least] of [
    [1024, 0.5],
    [380, 0.5],
  ] as const) {
    const page = await open(browser, lena, `/w/${workspaceId}/p/ALL/list`, {
      viewport: { width, height: 700 },
    });
    const row = page.locator('[role="row"][data-task-id]').first();
    await row.waitFor();
    const share = await row.evaluate((line) => {
      const cells = [...line.querySelectorAll<HTMLElement>(":scope > *")];
      const widest = Math.max(...cells.map((cell) => cell.getBoundingClientRect().width));
      return widest / line.getBoundingClientRect().width;
    });
    expect(share, `at ${width} px`).toBeGreaterThan(least);
    await page.context().close();
  }
});

test("a window made narrow shows the screen, and made wide again the sidebar beside it", async ({
  browser,
}) => {
  const nora = await guildhall.person("Nora");
  const { id: workspaceId } = await nora.api.workspaces.create.mutate({ name: "Narrow" });
  const page = await open(browser, nora, `/w/${workspaceId}`);
  const sidebar = page.getByRole("navigation").getByText("My work");
  await expect(sidebar).toBeInViewport();
  await page.setViewportSize({ width: 380, height: 700 });
  await expect(sidebar).not.toBeInViewport();
  await page.setViewportSize({ width: 1280, height: 700 });
  await expect(sidebar).toBeInViewport();
  await page.context().close();
});
