/** What somebody has not read comes by mail: with a way there, and a way out. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { startTestSmtp, type TakenMail, type TestSmtp } from "@guildhall/testing/smtp";
import { expect, type Page } from "@playwright/test";
import { barriers } from "./barriers.ts";
import { type Guildhall, startGuildhall } from "./guildhall.ts";
import { openAs } from "./people.ts";
import { test } from "./test.ts";

let smtp: TestSmtp;
let guildhall: Guildhall;
test.beforeAll(async () => {
  smtp = await startTestSmtp();
  guildhall = await startGuildhall({ MAIL_AFTER_MINUTES: "0" }, { smtp });
});
test.afterAll(async () => {
  await guildhall.stop();
  await smtp.stop();
});

/** The last one to an address whose subject fits. */
async function mailTo(address: string, subject: RegExp): Promise<TakenMail> {
  const find = () => smtp.to(address).findLast((mail) => subject.test(mail.subject ?? ""));
  await expect.poll(find, { timeout: 120_000 }).toBeTruthy();
  return find() as TakenMail;
}

/** The server has a port that it was given when it started, and knows none to tell. */
function linkIn({ text = "" }: TakenMail, fits: RegExp): string {
  const { pathname, search, hash } = new URL(
    text.match(/http\S+/g)?.find((link) => fits.test(link)) ?? "",
  );
  return guildhall.url + pathname + search + hash;
}

const emailOf = (page: Page, kind: string) =>
  page.getByRole("checkbox", { name: `${kind}: Email` });

test("an unread mention is mailed to a confirmed address, leads there, and one click ends such mails", async ({
  browser,
}) => {
  // The first account of a server is made at once, and its address is still to be confirmed.
  const ben = await guildhall.person("Ben");
  const ann = await guildhall.person("Ann");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const asked = { workspaceId, name: "Wheel", key: "WHEEL" };
  const project = await ann.api.projects.create.mutate(asked);
  const { id: taskId } = await ann.api.tasks.create.mutate({
    projectId: project.id,
    title: "Mend the race",
  });
  const page = await (await browser.newContext()).newPage();
  const settings = `/w/${workspaceId}/settings?tab=notifications`;
  await openAs(page, ben, guildhall.url + settings);

  await test.step("nothing is mailed before the address is confirmed", async () => {
    await expect(page.getByText("You get no emails until you confirm")).toBeVisible();
    const confirmation = await mailTo(ben.email, /Confirm your address/);
    const other = await page.context().newPage();
    await other.goto(linkIn(confirmation, /confirm-email/));
    await expect(other.getByText("confirmed")).toBeVisible();
    await other.close();
    // At once, wherever else they are.
    await expect(page.getByText("You get no emails until you confirm")).toBeHidden();
  });

  await test.step("how often, kept", async () => {
    await page.getByRole("combobox", { name: "How often" }).click();
    await page.getByRole("option", { name: "Once a week, on Mondays" }).click();
    await page.getByRole("combobox", { name: "At", exact: true }).click();
    await page
      .getByRole("option", { name: /^(0?8:00|08:00)/ })
      .first()
      .click();
    await expect(emailOf(page, "You are mentioned")).toBeChecked();
    expect(await barriers(page)).toEqual([]);
    await page.reload();
    await expect(page.getByRole("combobox", { name: "How often" })).toContainText("Once a week");
    const { mail, timeZone } = await ben.api.notifications.settings.query({ workspaceId });
    expect(mail).toMatchObject({ rhythm: "weekly", digestHour: 8 });
    // Told by the page, without a setting being saved.
    expect(timeZone).toBe(
      await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
    );
    await page.getByRole("combobox", { name: "How often" }).click();
    await page.getByRole("option", { name: "A few minutes after" }).click();
    await expect(page.getByRole("combobox", { name: "At", exact: true })).toBeHidden();
  });

  await ann.api.comments.create.mutate({ taskId, body: `Look, [@Ben](guildhall:user/${ben.id})` });
  const mail = await mailTo(ben.email, /^WHEEL-1 Mend the race$/);
  expect(mail.text).toContain("Ann mentioned you:\n> Look, @Ben");

  await test.step("the link opens the very comment", async () => {
    const other = await page.context().newPage();
    await other.goto(linkIn(mail, /\/task\//));
    await expect(other.getByText("Look, @Ben")).toBeInViewport();
    await other.close();
  });

  await test.step("who is not signed in unsubscribes too", async () => {
    const mailbox = await (await browser.newContext({ colorScheme: "dark" })).newPage();
    await mailbox.goto(linkIn(mail, /unsubscribe/));
    await expect(mailbox.getByText("Do you want to stop all emails about Old Mill?")).toBeVisible();
    expect(await barriers(mailbox)).toEqual([]);
    await mailbox.getByRole("button", { name: "Unsubscribe" }).click();
    await expect(mailbox.getByRole("heading", { name: "You're unsubscribed" })).toBeVisible();
    expect(await barriers(mailbox)).toEqual([]);
    await expect(emailOf(page, "You are mentioned")).not.toBeChecked();
  });
});
