import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashPassword } from "../passwords/passwords.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const newEmail = () => `ada-${uuidv7()}@example.com`;
const reason = (name: string) => expect.objectContaining({ reason: name });

describe("register", () => {
  let silent: TestApi;
  beforeAll(async () => {
    silent = await startTestApi({ sendsMail: false });
  });
  afterAll(() => silent.stop());

  test("where no mail is sent, opens an account and a session; asked again, as after a lost answer, gives the same account", async () => {
    const email = newEmail();
    const first = await silent.stranger.auth.register({
      email: ` ${email.toUpperCase()} `,
      password: PASSWORD,
    });
    expect(first.user).toMatchObject({ email, name: email.split("@")[0] });
    expect(await silent.as(first.token).auth.me()).toEqual(first.user);
    const again = await silent.stranger.auth.register({ email, password: PASSWORD });
    expect(again.user).toEqual(first.user);
    const other = silent.stranger.auth.register({ email, password: "another password" });
    await expect(other).rejects.toEqual(reason("email_taken"));
    const [row] = await silent.services.db
      .select()
      .from(schema.users)
      .where(eq(schema.users.email, email));
    expect(row?.passwordHash).toMatch(/^\$2[aby]\$04\$/);
    // As the product has it, which leaves the cost out.
    expect(await hashPassword(PASSWORD, {})).toMatch(/^\$2[aby]\$12\$/);
  });

  test.each([
    ["73 bytes", "x".repeat(73)],
    ["25 letters of three bytes", "あ".repeat(25)],
    ["7 letters", "seven77"],
  ])("a password of %s is refused", async (_what, password) => {
    const asked = api.stranger.auth.register({ email: newEmail(), password });
    await expect(asked).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("by invitation only: the first comes in alone, of two at once one; others by a link", async () => {
    const fixedSettings = { registration: "invite" } as const;
    const closed = await startTestApi({ fixedSettings, sendsMail: false });
    try {
      const come = () => closed.stranger.auth.register({ email: newEmail(), password: PASSWORD });
      const both = await Promise.allSettled([come(), come()]);
      expect(both.map((s) => s.status).sort()).toEqual(["fulfilled", "rejected"]);
      await expect(come()).rejects.toEqual(reason("invitation_needed"));
      const team = await makeTeam(closed);
      const email = newEmail();
      const { workspaceId } = team;
      const { link } = await team.owner.call.invitations.create({
        workspaceId,
        email,
        role: "editor",
      });
      const invitation = new URL(link).searchParams.get("invitation") ?? "";
      const { token } = await closed.stranger.auth.register({
        email,
        password: PASSWORD,
        invitation,
      });
      expect(await closed.as(token).workspaces.list()).toMatchObject([{ role: "editor" }]);
      const late = closed.stranger.auth.register({
        email: newEmail(),
        password: PASSWORD,
        invitation,
      });
      await expect(late).rejects.toEqual(reason("invitation_expired"));
    } finally {
      await closed.stop();
    }
  });
});
