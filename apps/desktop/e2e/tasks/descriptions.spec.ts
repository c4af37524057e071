/** Descriptions in the one editor: written where they are read, kept, and shown as they are meant. */
import { expect, type Locator, type Page } from "@playwright/test";
import { goOffline } from "../offline.ts";
import { saveState, textField } from "../people.ts";
import { test } from "../test.ts";
import { makeMill, open, shown } from "./mill.ts";

const description = (page: Page) => textField(page, "Description");

test("a new task's description is written in the same field, in its dialog", async ({
  browser,
  guildhall,
}) => {
  const { ann, ben, projectId, address } = await makeMill(guildhall);
  const page = await open(browser, ann, address);
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

test("what is begun is there after a reload, a comment and a description", async ({
  browser,
  guildhall,
}) => {
  const { ann, address, said } = await makeMill(guildhall, "As it was");
  const page = await open(browser, ann, address);
  await textField(page, "Comment").click();
  await page.keyboard.type("Half a sen");
  await page.reload();
  await expect(textField(page, "Comment")).toHaveText("Half a sen");
  await textField(page, "Comment").click();
  await page.keyboard.press("End");
  await page.keyboard.type("tence");
  await page.keyboard.press("Control+Enter");
  await expect.poll(said).toEqual(["Half a sentence"]);

  await goOffline(page.context());
  await shown(page).click();
  await expect(description(page)).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(", and more");
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.getByText("As it was, and more")).toBeVisible();
});

test("a description is written where it is read; what nobody touched is not written", async ({
  browser,
  guildhall,
}) => {
  const source = "Intro\n\n* a\n* b\n\n- [ ] one\n- [x] two\n\n| a | b |\n|---|---|\n| 1 | 2 |";
  const { ann, address, task, descriptionNow } = await makeMill(guildhall, source);
  const page = await open(browser, ann, address);
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

test("somebody else's description is never overwritten unseen", async ({ browser, guildhall }) => {
  const { ann, ben, address, task, descriptionNow } = await makeMill(guildhall, "As it was");
  const page = await open(browser, ann, address);
  await shown(page).click();
  await expect(description(page)).toBeFocused();
  const write = (text: string) =>
    ben.api.tasks.update.mutate({ id: task.id, patch: { description: text } });
  await write("Ben's");
  await expect(description(page)).toHaveText("Ben's");
  await goOffline(page.context());
  await page.keyboard.type("Mine ");
  await write("Ben's again");
  await page.context().setOffline(false);
  await expect(page.getByText(/changed this description while you were editing/)).toBeVisible();
  expect(await descriptionNow()).toBe("Ben's again");
  await page.getByRole("button", { name: "Use theirs" }).click();
  await expect(description(page)).toHaveText("Ben's again");
});

test("HTML of an import is shown as it is meant, and nothing in a text runs", async ({
  browser,
  guildhall,
}) => {
  const hostile = [
    "<script>document.title = 'run'</script>",
    "<img src=x onerror=\"document.title = 'run'\">",
    "<details open ontoggle=\"document.title = 'run'\"><summary>Log</summary>\n\nLine\n\n</details>",
    "[link](javascript:document.title='run') <a href=\"javascript:document.title='run'\">more</a>",
    "<svg onload=\"document.title = 'run'\"></svg>",
  ].join("\n\n");
  const source = `<!-- a hint -->\n\n<pre>let a = &quot;b&quot;;</pre>\n\none<br>two <b>bold</b>\n\n${hostile}`;
  const { ann, address, descriptionNow } = await makeMill(guildhall, source);
  const page = await open(browser, ann, address);
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
