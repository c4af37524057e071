/** Descriptions and comments in the one editor: what is typed, named, ticked, pasted, kept and shown. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs, saveState, textField } from "../people.ts";
import { chessBoard } from "../samples/small-files.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

async function makeMill(description = "") {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const { id: projectId } = await ann.api.projects.create.mutate({
    ...{ workspaceId, name: "Wheel", key: "WHEEL" },
  });
  const task = await ann.api.tasks.create.mutate({
    projectId,
    title: "Mend the race",
    description,
  });
  const other = await ann.api.tasks.create.mutate({ projectId, title: "Grease the axle" });
  const descriptionNow = async () => (await ann.api.tasks.get.query({ id: task.id })).description;
  const said = async () => {
    const comments = await ann.api.comments.list.query({ taskId: task.id });
    return comments.map(({ body }) => body);
  };
  const path = `/w/${workspaceId}/task/WHEEL-1`;
  return { ann, ben, workspaceId, projectId, task, other, descriptionNow, said, path };
}

async function open(browser: Browser, person: Person, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, guildhall.url + path);
  return page;
}

const articles = (page: Page) => page.getByRole("article");
const description = (page: Page) => textField(page, "Description");
/** What is read, not what is written. */
const shown = (page: Page) => page.locator(".markdown:not([contenteditable])").first();

const paste = (field: Locator, text: string) =>
  field.evaluate((into, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    into.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, text);

test("a comment is written, sent and written on, and names people, tasks and documents", async ({
  browser,
}) => {
  const { ann, ben, workspaceId, path, task, other, said } = await makeMill();
  const plan = await ann.api.documents.create.mutate({ workspaceId, title: "Race plan" });
  const page = await open(browser, ann, path);
  const field = textField(page, "Comment");
  await field.click();
  await page.keyboard.type("First **bold** and `code`");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("a line below");
  await page.keyboard.press("Control+Enter");
  await expect(articles(page).locator("strong")).toHaveText("bold");
  // The caret is still there, in a field that is empty again, and nothing of the first one comes back.
  await expect(field).toBeFocused();
  await expect(field).toHaveText("");
  await page.keyboard.press("Control+z");
  await page.keyboard.type("Ask @be");
  await expect(page.getByRole("option", { name: "Ben" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("about #grease");
  await page.getByRole("option", { name: /Grease the axle/ }).click();
  await page.keyboard.type("and #race");
  await page.getByRole("option", { name: "Race plan" }).click();
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(said)
    .toEqual([
      "First **bold** and `code`\na line below",
      `Ask [@Ben](guildhall:user/${ben.id}) about [WHEEL-2](guildhall:task/${other.id}) and [Race plan](guildhall:document/${plan.id})`,
    ]);
  const second = articles(page).nth(1);
  await expect(second.getByRole("link", { name: "WHEEL-2 Grease the axle" })).toBeVisible();
  await expect(second.getByRole("link", { name: "Race plan" })).toBeVisible();
  const { items } = await ben.api.notifications.list.query({ workspaceId });
  expect(items.map(({ kind, subject }) => [kind, subject.id])).toEqual([["mentioned", task.id]]);
});

test("a key and an address become chips, typed or pasted; in code and of nothing they stay words", async ({
  browser,
}) => {
  const { ann, workspaceId, path, other, said } = await makeMill();
  const plan = await ann.api.documents.create.mutate({ workspaceId, title: "Race plan" });
  const page = await open(browser, ann, path);
  const field = textField(page, "Comment");
  const chips = field.locator(".chip");
  await field.click();
  await page.keyboard.type("See WHEEL-2, ");
  await expect(chips).toHaveText(["WHEEL-2 Grease the axle"]);
  await page.keyboard.type("not WHEEL-9, UTF-8 or `WHEEL-1` but ");
  await paste(field, `${guildhall.url}/w/${workspaceId}/d/${plan.id}`);
  await expect(chips.nth(1)).toHaveText("Race plan");
  await paste(field, "WHEEL-1");
  await expect(chips.nth(2)).toHaveText("WHEEL-1 Mend the race");
  await page.keyboard.type(`and ${guildhall.url}/w/${workspaceId}/task/WHEEL-2 `);
  await expect(chips).toHaveCount(4);
  await page.keyboard.type("or WHEEL-2");
  await page.keyboard.press("Control+Enter");
  const key = (id: string, words: string) => `[${words}](guildhall:task/${id})`;
  const { items } = await ann.api.search.find.query({ workspaceId, text: "Mend the race" });
  const first = items[0]?.task?.id ?? "";
  await expect
    .poll(said)
    .toEqual([
      `See ${key(other.id, "WHEEL-2")}, not WHEEL-9, UTF-8 or \`WHEEL-1\` but [Race plan](guildhall:document/${plan.id}) ${key(first, "WHEEL-1")} and ${key(other.id, "WHEEL-2")} or ${key(other.id, "WHEEL-2")}`,
    ]);
});

test("a new task's description is written in the same field, in its dialog", async ({
  browser,
}) => {
  const { ann, ben, projectId, path } = await makeMill();
  const page = await open(browser, ann, path);
  await expect(textField(page, "Comment")).toBeVisible();
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Title").fill("A new wheel");
  await textField(page, "Description").last().click();
  await page.keyboard.type("- [ ] ask @be");
  await dialog.getByRole("option", { name: "Ben" }).click();
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByLabel("Title")).toBeHidden();
  const made = async () => {
    const { items } = await ann.api.tasks.list.query({ projectId });
    const found = items.filter(({ title }) => title === "A new wheel");
    return Promise.all(found.map(({ id }) => ann.api.tasks.get.query({ id })));
  };
  await expect
    .poll(async () => (await made()).map((task) => task.description))
    .toEqual([`- [ ] ask [@Ben](guildhall:user/${ben.id})`]);
});

test("lines that are pasted stay lines, and Markdown is read", async ({ browser }) => {
  const { ann, path, said } = await makeMill();
  const page = await open(browser, ann, path);
  const field = textField(page, "Comment");
  await field.click();
  await page.keyboard.type("Said: ");
  await paste(field, "one\ntwo\n\nthree");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type("Use ");
  await paste(field, "`a_b` of **it**");
  await expect(field.locator("code")).toHaveText("a_b");
  await page.keyboard.press("Control+Enter");
  await paste(field, "> [!NOTE]\n> $x$\n\n- a\n- b");
  await expect(field.locator("li")).toHaveCount(2);
  await page.keyboard.press("Control+Enter");
  await expect
    .poll(said)
    .toEqual(["Said: one\ntwo\n\nthree", "Use `a_b` of **it**", "> [!NOTE]\n> $x$\n\n- a\n- b"]);
});

test("who is faster than the editor writes into a plain field, which it takes over", async ({
  browser,
}) => {
  const { ann, path, said } = await makeMill();
  const page = await (await browser.newContext()).newPage();
  let letCome = () => {};
  const mayCome = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route("**/text-editor-*.js", async (route) => {
    await mayCome;
    await route.continue();
  });
  await openAs(page, ann, guildhall.url + path);
  const plain = page.getByRole("textbox", { name: "Comment" });
  await plain.click();
  await page.keyboard.type("Early **word");
  await expect(textField(page, "Comment")).toHaveCount(0);
  letCome();
  await expect(textField(page, "Comment")).toBeFocused();
  await page.keyboard.type("s** go on");
  await page.keyboard.press("Control+Enter");
  await expect.poll(said).toEqual(["Early **words** go on"]);
});

test("what is begun is there after a reload, a comment and a description", async ({ browser }) => {
  const { ann, path, said } = await makeMill("As it was");
  const page = await open(browser, ann, path);
  await textField(page, "Comment").click();
  await page.keyboard.type("Half a sen");
  await page.reload();
  await expect(textField(page, "Comment")).toHaveText("Half a sen");
  await textField(page, "Comment").click();
  await page.keyboard.press("End");
  await page.keyboard.type("tence");
  await page.keyboard.press("Control+Enter");
  await expect.poll(said).toEqual(["Half a sentence"]);

  await page.context().setOffline(true);
  await shown(page).click();
  await expect(description(page)).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(", and more");
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.getByText("As it was, and more")).toBeVisible();
});

test("a comment of one's own is changed, by keys, and what is changed is kept until it is saved", async ({
  browser,
}) => {
  const { ann, task, path, said } = await makeMill();
  const body = "* one\n* two\n\nEnd\n- [ ] ask";
  await ann.api.comments.create.mutate({ taskId: task.id, body });
  const page = await open(browser, ann, path);
  await articles(page).getByRole("checkbox").click();
  await expect.poll(said).toEqual([body.replace("[ ]", "[x]")]);
  await articles(page).getByRole("button", { name: "Comment options" }).press("Enter");
  await page.getByRole("menuitem", { name: "Edit" }).press("Enter");
  const field = textField(page, "Edit comment");
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("Zero, ");
  await page.reload();
  await expect(field).toContainText("Zero, one");
  await field.click();
  await page.keyboard.press("Control+Enter");
  await expect.poll(said).toEqual(["- Zero, one\n- two\n\nEnd\n- [x] ask"]);
  await expect(field).toBeHidden();
});

test("a description is written where it is read; what nobody touched is not written", async ({
  browser,
}) => {
  const source = "Intro\n\n* a\n* b\n\n- [ ] one\n- [x] two\n\n| a | b |\n|---|---|\n| 1 | 2 |";
  const { ann, path, task, descriptionNow } = await makeMill(source);
  const page = await open(browser, ann, path);
  const places = async (text: Locator) => {
    const found: Record<string, unknown> = {};
    for (const tag of ["p", "li", "td", "input"]) {
      const box = await text.locator(tag).first().boundingBox();
      found[tag] = box && { x: Math.round(box.x), y: Math.round(box.y), height: box.height };
    }
    return found;
  };
  await expect(textField(page, "Comment")).toBeVisible();
  const before = await places(shown(page));
  await shown(page).getByText("Intro").click();
  await expect(description(page)).toBeFocused();
  expect(await places(description(page))).toEqual(before);
  const { version } = await ann.api.tasks.get.query({ id: task.id });
  await page.keyboard.press("Escape");
  await expect(description(page)).toBeHidden();
  await expect(saveState(page, "Saved")).toBeVisible();
  expect((await ann.api.tasks.get.query({ id: task.id })).version).toBe(version);

  await shown(page).getByRole("checkbox").first().click();
  await expect.poll(descriptionNow).toBe(source.replace("[ ] one", "[x] one"));
  await page.keyboard.press("Control+z");
  await expect.poll(descriptionNow).toBe(source);

  await shown(page).getByText("Intro").click();
  await page.keyboard.press("End");
  await page.keyboard.type(" in snake_case");
  await page.keyboard.press("Control+z");
  await page.keyboard.type("duction");
  await page.keyboard.press("Control+Enter");
  await expect.poll(descriptionNow).toBe(source.replace("Intro", "Introduction"));
});

test("somebody else's description is never overwritten unseen", async ({ browser }) => {
  const { ann, ben, path, task, descriptionNow } = await makeMill("As it was");
  const page = await open(browser, ann, path);
  await shown(page).click();
  await expect(description(page)).toBeFocused();
  const write = (text: string) =>
    ben.api.tasks.update.mutate({ id: task.id, patch: { description: text } });
  await write("Ben's");
  await expect(description(page)).toHaveText("Ben's");
  await page.context().setOffline(true);
  await page.keyboard.type("Mine ");
  await write("Ben's again");
  await page.context().setOffline(false);
  await expect(page.getByText(/changed this description while you were editing/)).toBeVisible();
  expect(await descriptionNow()).toBe("Ben's again");
  await page.getByRole("button", { name: "Use theirs" }).click();
  await expect(description(page)).toHaveText("Ben's again");
});

test("pictures, code and tables", async ({ browser }) => {
  const { ann, path, said } = await makeMill();
  const page = await open(browser, ann, path);
  const field = textField(page, "Comment");
  await field.click();
  await field.evaluate((into, base64) => {
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "wheel.png", { type: "image/png" }));
    into.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, chessBoard.toString("base64"));
  await expect(field.locator(".image-frame")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  const picture = articles(page).getByRole("img", { name: "wheel" });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(16);
  await picture.click();
  await expect(page.getByRole("dialog").getByRole("img", { name: "wheel" })).toBeVisible();
  await page.keyboard.press("Escape");

  await field.click();
  await page.keyboard.type("```js ");
  await page.keyboard.type("let a_b = 1;");
  await page.keyboard.press("Control+Enter");
  await expect(articles(page).locator("pre")).toHaveText("let a_b = 1;");
  await page.keyboard.type("/table");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Wheel");
  await page.keyboard.press("Control+Enter");
  await expect(articles(page).getByRole("columnheader").first()).toHaveText("Wheel");
  await expect
    .poll(async () => (await said()).slice(1))
    .toEqual(["```js\nlet a_b = 1;\n```", "| Wheel | | |\n| - | - | - |\n| | | |\n| | | |"]);
});

test("HTML of an import is shown as it is meant, and nothing in a text runs", async ({
  browser,
}) => {
  const hostile = [
    "<script>document.title = 'run'</script>",
    "<img src=x onerror=\"document.title = 'run'\">",
    "<details open ontoggle=\"document.title = 'run'\"><summary>Log</summary>\n\nLine\n\n</details>",
    "[link](javascript:document.title='run') <a href=\"javascript:document.title='run'\">more</a>",
    "<svg onload=\"document.title = 'run'\"></svg>",
  ].join("\n\n");
  const source = `<!-- a hint -->\n\n<pre>let a = &quot;b&quot;;</pre>\n\none<br>two <b>bold</b>\n\n${hostile}`;
  const { ann, path, descriptionNow } = await makeMill(source);
  const page = await open(browser, ann, path);
  const check = async (text: Locator) => {
    await expect(text.locator("pre")).toHaveText('let a = "b";');
    await expect(text.locator("strong").first()).toHaveText("bold");
    await expect(text.locator("br").first()).toBeAttached();
    await expect(text).toContainText("Log");
    await expect(text).not.toContainText(/<\/|&quot;|a hint|<pre|<br/, { useInnerText: true });
    await expect(
      text.locator("script, [onerror], [onload], [ontoggle], a[href^=javascript]"),
    ).toHaveCount(0);
  };
  await check(shown(page));
  await shown(page).getByText("one").click();
  await check(description(page));
  await page.keyboard.press("Escape");
  await expect(description(page)).toBeHidden();
  expect(await descriptionNow()).toBe(source);
  await expect(page).not.toHaveTitle("run");
});
