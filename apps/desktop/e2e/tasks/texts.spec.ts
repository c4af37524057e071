/** Comments in the one editor: what is typed, named, ticked, pasted and kept. */
import { expect } from "@playwright/test";
import { openAs, textField } from "../people.ts";
import { chessBoard } from "../samples/small-files.ts";
import { test } from "../test.ts";
import { articles, makeMill, open, paste } from "./mill.ts";

test("a comment is written, sent and written on, and names people, tasks and documents", async ({
  browser,
  guildhall,
}) => {
  const { ann, ben, workspaceId, address, task, other, said } = await makeMill(guildhall);
  const plan = await ann.api.documents.create.mutate({ workspaceId, title: "Race plan" });
  const page = await open(browser, ann, address);
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
  guildhall,
}) => {
  const { ann, workspaceId, address, other, said } = await makeMill(guildhall);
  const plan = await ann.api.documents.create.mutate({ workspaceId, title: "Race plan" });
  const page = await open(browser, ann, address);
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

test("lines that are pasted stay lines, and Markdown is read", async ({ browser, guildhall }) => {
  const { ann, address, said } = await makeMill(guildhall);
  const page = await open(browser, ann, address);
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

for (const [first, then] of [
  ["Early **word", "s** go on"],
  ["Early ", "words go on, over the swap, and none of their letters changes its place"],
  ["Early  ", "words"],
  ["One\n", "two"],
  ["- one\n- ", "two"],
  ["", "words go on"],
] as const)
  test(`who is faster than the editor writes into a plain field, which it takes over: ${JSON.stringify(first)}`, async ({
    browser,
    guildhall,
  }) => {
    const { ann, address, said } = await makeMill(guildhall);
    const page = await (await browser.newContext()).newPage();
    let letCome = () => {};
    const mayCome = new Promise<void>((resolve) => {
      letCome = resolve;
    });
    await page.route("**/text-editor-*.js", async (route) => {
      await mayCome;
      await route.continue();
    });
    await openAs(page, ann, address);
    const plain = page.getByRole("textbox", { name: "Comment" });
    await plain.click();
    await page.keyboard.type(first);
    await expect(textField(page, "Comment")).toHaveCount(0);
    letCome();
    await page.keyboard.type(then);
    await expect(textField(page, "Comment")).toBeFocused();
    await page.keyboard.press("Control+Enter");
    await expect.poll(said).toEqual([first + then]);
  });

test("a comment of one's own is changed, by keys, and what is changed is kept until it is saved", async ({
  browser,
  guildhall,
}) => {
  const { ann, task, address, said } = await makeMill(guildhall);
  const body = "* one\n* two\n\nEnd\n- [ ] ask";
  await ann.api.comments.create.mutate({ taskId: task.id, body });
  const page = await open(browser, ann, address);
  await articles(page).getByRole("checkbox").click();
  await expect.poll(said).toEqual([body.replace("[ ]", "[x]")]);
  await articles(page).getByRole("button", { name: "Comment options" }).press("Enter");
  await page.getByRole("menuitem", { name: "Edit" }).press("Enter");
  const field = textField(page, "Edit comment");
  await expect(field).toBeFocused();
  await field.getByText("one").click();
  await page.keyboard.press("Home");
  await page.keyboard.type("Zero, ");
  await page.reload();
  await expect(field).toContainText("Zero, one");
  await field.click();
  await page.keyboard.press("Control+Enter");
  await expect.poll(said).toEqual(["- Zero, one\n- two\n\nEnd\n- [x] ask"]);
  await expect(field).toBeHidden();
});

test("pictures, code and tables", async ({ browser, guildhall }) => {
  const { ann, address, said } = await makeMill(guildhall);
  const page = await open(browser, ann, address);
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
