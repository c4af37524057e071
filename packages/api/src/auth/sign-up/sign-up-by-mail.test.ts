import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  // The first account of a server needs no link.
  await api.person("Olga");
});
afterAll(() => api.stop());

const newEmail = () => `ada-${uuidv7()}@example.com`;
const reason = (name: string) => expect.objectContaining({ reason: name });
const invitationIn = (text: string) => /invitation=([\w.-]+)/.exec(text)?.[1] ?? "";

/** The link in the one mail that this brings. */
async function ask(values: { email: string; invitation?: string }) {
  const mails = () => api.mails.filter(({ to }) => to === values.email);
  const before = mails().length;
  expect(await api.stranger.auth.requestSignUp(values)).toEqual({ sentTo: values.email });
  await expect.poll(() => mails().length).toBe(before + 1);
  const text = mails().at(-1)?.text ?? "";
  return { text, token: /sign-up\?token=([\w-]+)/.exec(text)?.[1] ?? "" };
}

test("an account is made by the link that is mailed, its address is confirmed, and a retry gets the same one", async () => {
  expect(await api.stranger.auth.registration()).toMatchObject({ isByMail: true });
  const email = newEmail();
  const values = { email, password: PASSWORD, name: "Ada" };
  await expect(api.stranger.auth.register(values)).rejects.toEqual(reason("sign_up_by_mail"));
  const { token } = await ask({ email });
  expect(await api.stranger.auth.pendingSignUp({ token })).toEqual({ email, hasAccount: false });
  const before = api.mails.length;
  const first = await api.stranger.auth.register({ ...values, token });
  expect(first.user).toMatchObject({ email, name: "Ada" });
  expect((await api.as(first.token).auth.emailState()).isConfirmed).toBe(true);
  // Nothing is left to be confirmed.
  expect(api.mails).toHaveLength(before);
  expect(await api.stranger.auth.pendingSignUp({ token })).toEqual({ email, hasAccount: true });
  const again = await api.stranger.auth.register({ ...values, token });
  expect(again.user).toEqual(first.user);
  const wrong = api.stranger.auth.register({ ...values, token, password: "another password" });
  await expect(wrong).rejects.toEqual(reason("email_taken"));
});

test("a link is for its address, whole, and for a day", async () => {
  const email = newEmail();
  const { token } = await ask({ email });
  const register = (given: { email: string; token: string }) =>
    api.stranger.auth.register({ password: PASSWORD, ...given });
  const other = register({ email: newEmail(), token });
  await expect(other).rejects.toEqual(reason("sign_up_by_mail"));
  const cut = register({ email, token: token.slice(1) });
  await expect(cut).rejects.toEqual(reason("link_expired"));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 25 * 60 * 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  await expect(register({ email, token })).rejects.toEqual(reason("link_expired"));
  const page = api.stranger.auth.pendingSignUp({ token });
  await expect(page).rejects.toEqual(reason("link_expired"));
});

test("who has an account is told so by mail, with the ways in, and by no link to make another", async () => {
  const { user } = await api.person("Ada");
  const { text, token } = await ask({ email: user.email });
  expect(token).toBe("");
  expect(text).toContain("/sign-in\n");
  expect(text).toContain("/forgot-password");
});

test("five links to one address, and no more for a while", async () => {
  const email = newEmail();
  for (let n = 0; n < 5; n++) await ask({ email });
  const sixth = api.stranger.auth.requestSignUp({ email });
  await expect(sixth).rejects.toEqual(reason("too_many_tries"));
});

test("a mailed invitation shows whose the address is; a copied one, which its maker has too, does not", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const email = newEmail();
  const { link } = await owner.call.invitations.create({ workspaceId, email, role: "viewer" });
  const values = { email, password: PASSWORD };
  const copied = invitationIn(link);
  const asked = api.stranger.auth.register({ ...values, invitation: copied });
  await expect(asked).rejects.toEqual(reason("sign_up_by_mail"));
  // Nor with a proof that somebody makes up, or takes from another invitation.
  const other = newEmail();
  await owner.call.invitations.create({ workspaceId, email: other, role: "viewer" });
  const mailedTo = (to: string) =>
    invitationIn(api.mails.findLast((mail) => mail.to === to)?.text ?? "");
  const forged = `${copied}.${mailedTo(other).split(".")[1]}`;
  const posing = api.stranger.auth.register({ ...values, invitation: forged });
  await expect(posing).rejects.toEqual(reason("sign_up_by_mail"));
  const mailed = mailedTo(email);
  const preview = await api.stranger.invitations.preview({ secret: mailed });
  expect(preview).toMatchObject({ mailedTo: email });
  const { token } = await api.stranger.auth.register({ ...values, invitation: mailed });
  expect(await api.as(token).workspaces.list()).toMatchObject([{ id: workspaceId }]);
  expect((await api.as(token).auth.emailState()).isConfirmed).toBe(true);
  // By the copied one there is a way too: the link that is mailed leads on to it.
  const [third] = [newEmail()];
  const made = await owner.call.invitations.create({ workspaceId, email: third, role: "viewer" });
  const { text, token: byMail } = await ask({ email: third, invitation: invitationIn(made.link) });
  const invitation = invitationIn(text);
  const joined = await api.stranger.auth.register({
    ...{ email: third, password: PASSWORD, token: byMail, invitation },
  });
  expect(await api.as(joined.token).workspaces.list()).toMatchObject([{ id: workspaceId }]);
});

test("where registration is closed to somebody, no link is mailed, whoever has an account", async () => {
  const settings = { registration: "invite" as const, registrationDomains: ["example.org"] };
  const strict = await startTestApi({ fixedSettings: settings });
  onTestFinished(() => strict.stop());
  const { owner, workspaceId } = await makeTeam(strict);
  for (const email of [owner.user.email, newEmail()]) {
    const asked = strict.stranger.auth.requestSignUp({ email });
    await expect(asked).rejects.toEqual(reason("invitation_needed"));
  }
  const options = { days: 7, maxUses: 5, domain: null, label: null };
  const { link } = await owner.call.invitations.createLink({
    ...{ workspaceId, role: "viewer", ...options },
  });
  const invitation = invitationIn(link);
  const { token } = await strict.register({ email: newEmail(), password: PASSWORD, invitation });
  expect(await strict.as(token).workspaces.list()).toMatchObject([{ id: workspaceId }]);
  const gone = strict.stranger.auth.requestSignUp({ email: newEmail(), invitation: "x" });
  await expect(gone).rejects.toEqual(reason("invitation_expired"));
});

test("of two who open their links on a server that was just made, the second needs one", async () => {
  const fresh = await startTestApi();
  onTestFinished(() => fresh.stop());
  const come = () => fresh.stranger.auth.register({ email: newEmail(), password: PASSWORD });
  const both = await Promise.allSettled([come(), come()]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { reason: "sign_up_by_mail" },
  });
  expect(await fresh.services.db.$count(schema.users, eq(schema.users.isAdministrator, true))).toBe(
    1,
  );
});
