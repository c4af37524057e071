import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestPerson } from "@guildhall/testing/api";
import type { Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { after, at, HOUR, say, startMailing } from "../../../testing/mailing.ts";
import { answerUnsubscribe } from "../../server.ts";

let mailing: Awaited<ReturnType<typeof startMailing>>;
let team: Team;
let server: Server;
beforeAll(async () => {
  mailing = await startMailing();
  const { services } = mailing.api;
  server = createServer((req, res) => void answerUnsubscribe({ services }, req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(async () => {
  team = await mailing.team();
});
afterAll(async () => {
  server.close();
  await mailing.stop();
});

/** Of the last mail to somebody, as its header has it; here it is this server's. */
function linkTo(person: TestPerson): string {
  const list = mailing.mailsOf(person).at(-1)?.headers.get("list") as never as {
    unsubscribe: { url: string };
  };
  const { port } = server.address() as AddressInfo;
  return list.unsubscribe.url.replace("http://guildhall.test", `http://127.0.0.1:${port}`);
}

/** As a mailbox does it, by RFC 8058: nobody is signed in. */
const oneClick = (link: string) =>
  fetch(link, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) });

test("one click ends the mails of a workspace, for its person alone, and looking at the link does not", async () => {
  const { owner, editor, viewer, workspaceId, project } = team;
  const { id } = await team.task();
  const setting = { kind: "mentioned", channel: "mail", isOn: true } as const;
  await editor.call.notifications.setSettings({
    ...{ workspaceId, projectId: project.id, settings: [setting] },
  });
  await say(owner, id, `${at(editor)} ${at(viewer)}`);
  await Promise.all([mailing.mail(editor), mailing.mail(viewer)]);
  const link = linkTo(editor);
  const page = await fetch(link);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toMatch(/<form method="post"><button[^>]*>Unsubscribe</);
  await say(owner, id, `${at(editor)} ${at(viewer)}`);
  await Promise.all([mailing.mail(editor), mailing.mail(viewer)]);
  expect(mailing.mailsOf(editor)).toHaveLength(2);
  // What waits already is not mailed either.
  await say(owner, id, `${at(editor)} ${at(viewer)}`);
  const done = await oneClick(link);
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining("Mill")]);
  expect((await oneClick(link)).status).toBe(200);
  await say(owner, id, `${at(editor)} ${at(viewer)}`);
  await Promise.all([mailing.mail(editor), mailing.mail(viewer)]);
  expect(mailing.mailsOf(editor)).toHaveLength(2);
  expect(mailing.mailsOf(viewer)).toHaveLength(3);
  const { settings } = await editor.call.notifications.settings({ workspaceId });
  const byMail = settings.filter(({ channel }) => channel === "mail");
  expect(byMail.some(({ isOn }) => isOn)).toBe(false);
  expect(await editor.call.notifications.list({ workspaceId })).toMatchObject({ unread: 4 });
  // And they may think better of it.
  await editor.call.notifications.setSettings({
    workspaceId,
    settings: [{ ...setting, isOn: null }],
  });
  await say(owner, id, at(editor));
  await mailing.mail(editor, after(2 * HOUR));
  expect(mailing.mailsOf(editor)).toHaveLength(3);
});

test("a link that was made up, changed, or of somebody who is gone says nothing and does nothing", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { id } = await team.task();
  await say(owner, id, `${at(editor)} ${at(viewer)}`);
  await mailing.mail(editor);
  const link = linkTo(editor);
  const token = new URL(link).searchParams.get("token") ?? "";
  const [, workspace, signature] = token.split(".");
  const wrong = [
    ...["", "a.b.c", `${viewer.user.id}.${workspace}.${signature}`, token.slice(0, -1)],
    `${editor.user.id}.${workspace}`,
  ];
  for (const other of wrong) {
    const changed = new URL(link);
    changed.searchParams.set("token", other);
    const answer = await oneClick(String(changed));
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.not.stringContaining("Mill"),
    ]);
  }
  expect((await viewer.call.notifications.settings({ workspaceId })).settings).toEqual([]);
  await owner.call.members.remove({ workspaceId, userId: editor.user.id });
  const answer = await fetch(link);
  expect([answer.status, await answer.text()]).toEqual([404, expect.not.stringContaining("Mill")]);
});
