/**
 * Every call that is open to a stranger and changes something, with somebody's password, mailbox or provider
 * in hand but none of their second factors: either it asks for one, or it opens no session. A new one fails
 * until it stands here.
 */
import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { matrix } from "../../testing/access-matrix.ts";
import { procedures } from "../../testing/procedures.ts";
import { makeSignUpToken } from "./sign-up/sign-up-by-mail.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const NEW = "another password";

/** With an authenticator app; all their sessions are ended but for the one that set it up. */
async function withApp() {
  const person = await api.person("Ada");
  const { secret, ticket } = await person.call.factors.beginApp({});
  await person.call.factors.confirmApp({ ticket, code: generateSync({ secret }) });
  return person;
}

async function tokenMailedTo(email: string, page: string) {
  const mailed = () =>
    api.mails.findLast(({ to, text }) => to === email && text.includes(`/${page}?`));
  await expect.poll(mailed).toBeDefined();
  return /token=(\S+)/.exec(mailed()?.text ?? "")?.[1] ?? "";
}

async function demandPending(person: TestPerson, password: string) {
  const answer = await api.stranger.auth.login({ email: person.user.email, password });
  expect(answer).toMatchObject({ token: null, pending: { hasApp: true } });
  return answer.pending?.ticket ?? "";
}

const refusedAs = async (asked: Promise<unknown>, reason: string) =>
  expect(await asked.then(() => "let in").catch((error) => error.reason)).toBe(reason);

/** What each does for whoever has everything but a factor; afterwards there is no new session. */
const waysIn: Record<string, (person: TestPerson) => Promise<unknown>> = {
  "auth.login": (person) => demandPending(person, PASSWORD),
  "auth.finishSignIn": async (person) => {
    const pending = await demandPending(person, PASSWORD);
    await refusedAs(api.stranger.auth.finishSignIn({ pending, appCode: "000000" }), "wrong_code");
    await refusedAs(
      api.stranger.auth.finishSignIn({ pending, recoveryCode: PASSWORD }),
      "wrong_code",
    );
  },
  "auth.register": async (person) => {
    const values = { email: person.user.email, password: PASSWORD };
    await refusedAs(api.stranger.auth.register(values), "sign_up_by_mail");
    // Nor by a link from before the account was there, as after a lost answer.
    const { config } = api.services;
    const token = makeSignUpToken(config, person.user.email);
    await refusedAs(api.stranger.auth.register({ ...values, token }), "email_taken");
  },
  "auth.resetPassword": async (person) => {
    const { email } = person.user;
    await api.stranger.auth.forgotPassword({ email });
    const token = await tokenMailedTo(email, "reset-password");
    expect(await api.stranger.auth.resetPassword({ token, password: NEW })).toEqual({
      changed: true,
    });
    await demandPending(person, NEW);
  },
  "auth.undoEmailChange": async (person) => {
    await person.call.auth.requestEmailChange({ email: `new-${uuidv7()}@example.com` });
    const token = await tokenMailedTo(person.user.email, "undo-address");
    expect(await api.stranger.auth.undoEmailChange({ token })).toEqual({
      email: person.user.email,
    });
    await demandPending(person, PASSWORD);
  },
  // Whoever opens these links has to be signed in.
  "auth.confirmEmail": async (person) => {
    await person.call.auth.sendConfirmation({});
    const token = await tokenMailedTo(person.user.email, "confirm-email");
    await refusedAs(api.stranger.auth.confirmEmail({ token }), "signed_out");
  },
  "auth.confirmEmailChange": async (person) => {
    const email = `new-${uuidv7()}@example.com`;
    await person.call.auth.requestEmailChange({ email });
    const token = await tokenMailedTo(email, "new-address");
    await refusedAs(api.stranger.auth.confirmEmailChange({ token }), "signed_out");
  },
  "invitations.accept": async (person) => {
    const owner = await api.person("Olga");
    const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
    const { email } = person.user;
    await owner.call.invitations.create({ workspaceId, email, role: "viewer" });
    const mailed = () => api.mails.findLast(({ to, text }) => to === email && /join/.test(text));
    await expect.poll(mailed).toBeDefined();
    const secret = /invitation=(\S+)/.exec(mailed()?.text ?? "")?.[1] ?? "";
    await refusedAs(api.stranger.invitations.accept({ secret }), "signed_out");
    // Nor by registering with it.
    const values = { email, password: PASSWORD, invitation: secret };
    await refusedAs(api.stranger.auth.register(values), "email_taken");
  },
};

/** Why the others need no line: they open no session, or are tried where there is a provider or a passkey. */
const elsewhere: Record<string, string> = {
  "auth.logout": "ends a session",
  "auth.requestSignUp": "only mails a link to sign up by",
  "auth.forgotPassword": "only mails the link of `auth.resetPassword`",
  "auth.askForPasskey": "asks what to sign",
  "auth.reopenAccount": "wants what a whole sign-in answered: closing/close-account.test.ts",
  "auth.redeemAppCode": "wants the code that a whole session was given: apps/app-sign-in.test.ts",
  "auth.signInByPasskey": "a passkey is a factor: factors/, and e2e/second-factor.spec.ts",
  "providers.link": "asks for the factor: oidc/accounts.test.ts",
  "providers.finishLink": "wants the factor: oidc/accounts.test.ts",
};

test("every mutation that is open to strangers is decided upon", () => {
  const open = procedures.flatMap(([path, { _def }]) =>
    _def.type === "mutation" && matrix[path]?.need === "anyone" ? [path] : [],
  );
  const decided = [...Object.keys(waysIn), ...Object.keys(elsewhere)];
  expect(open.filter((path) => !decided.includes(path))).toEqual([]);
});

describe("without a factor there is no session by", () => {
  test.each(Object.entries(waysIn))("%s", async (_path, tryIt) => {
    const person = await withApp();
    const mine = eq(schema.sessions.userId, person.user.id);
    const ids = async () =>
      (await api.services.db.select().from(schema.sessions).where(mine)).map(({ id }) => id);
    const before = await ids();
    await tryIt(person);
    expect(before).toEqual(expect.arrayContaining(await ids()));
  });
});
