/**
 * Whoever is no member learns of no person, workspace, project or task whether it exists: the answer is the
 * same, word for word, and so are the statements that Postgres is asked for it, from which its time comes.
 */
import { statementsOf } from "@guildhall/db/testing/statements";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import type { TRPCError } from "@trpc/server";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { matrix } from "../../testing/access-matrix.ts";
import { procedureAt, procedures } from "../../testing/procedures.ts";
import { makeGoneWorld, makeWorld, type World } from "../../testing/world.ts";
import { reasonOf } from "../core/trpc.ts";

let api: TestApi;
let owner: TestPerson;
let stranger: TestPerson;
let ownId: string;
let existing: World;
let missing: World;

beforeAll(async () => {
  api = await startTestApi();
  // All that are asked here are asked from one address.
  const take = async () => {};
  Object.assign(api.services.limits.strangers, { take });
  for (const each of ["invitations", "confirmations", "signUps"] as const) {
    Object.assign(api.services.limits[each], { take });
  }
  [owner, stranger] = [await api.person("Olga"), await api.person("Sam")];
  const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
  ownId = (await stranger.call.workspaces.create({ name: "Forge" })).id;
  existing = await makeWorld(api, { owner, workspaceId });
  const gone = makeGoneWorld(existing);
  const never = async () => uuidv7() as string;
  missing = { ...gone, task: never, comment: never, file: never };
});
afterAll(() => api.stop());

const NOBODY = "nobody@example.org";
const wrong = "not their password";

/** The same input but for the one thing, which exists or does not. */
type Pair = { there: () => unknown; not: () => unknown };
const ofAddress = (input: (email: string) => unknown): Pair => ({
  there: () => input(owner.user.email),
  not: () => input(NOBODY),
});

/** Of each procedure that is open to anyone: what it is asked, or why nothing can be asked with it. */
const open: Record<string, Pair | string> = {
  "auth.login": ofAddress((email) => ({ email, password: wrong })),
  "auth.forgotPassword": ofAddress((email) => ({ email })),
  "auth.register": ofAddress((email) => ({ email, password: wrong })),
  "auth.requestSignUp": ofAddress((email) => ({ email })),
  "auth.pendingSignUp": "takes the secret of a link, and no address",
  "auth.logout": "takes nothing",
  "auth.registration": "takes nothing",
  "auth.undoEmailChange": "takes the secret of a link, and no address",
  "auth.finishSignIn": "takes the secret of a sign-in whose password was right",
  "auth.askForPasskey": "takes nothing that names anyone",
  "auth.signInByPasskey": "takes what a passkey signed, and no address",
  "auth.reopenAccount": "takes the secret of a sign-in that went well",
  "auth.redeemAppCode": "takes the secret that a signed-in browser was given",
  "auth.resetPassword": "takes the secret of a link, and no address",
  "invitations.preview": "takes the secret of a link, and no address",
  "providers.list": "takes nothing",
  "providers.pendingLink": "takes the cookie of whom an identity provider has sent",
  "providers.link":
    "takes the password of whom an identity provider has sent, who is told of that account",
  "providers.finishLink": "takes what `providers.link` answered, and a factor",
};

/** Of somebody who has a workspace of their own, about people who are not in it. */
const signedIn: Record<string, Pair> = {
  "invitations.create": ofAddress((email) => ({ workspaceId: ownId, email, role: "viewer" })),
  "auth.requestEmailChange": ofAddress((email) => ({ email })),
  "members.add": ofAddress((email) => ({ workspaceId: ownId, email, role: "guest" })),
  "members.setRole": {
    there: () => ({ workspaceId: ownId, userId: owner.user.id, role: "viewer" }),
    not: () => ({ workspaceId: ownId, userId: uuidv7(), role: "viewer" }),
  },
  "members.remove": {
    there: () => ({ workspaceId: ownId, userId: owner.user.id }),
    not: () => ({ workspaceId: ownId, userId: uuidv7() }),
  },
};

/** What an earlier call does behind its answer is done: a question is alone on its way there and back. */
async function settled() {
  const { db } = api.services;
  const ping = () => db.execute(sql`select 1`);
  for (let alone = 0; alone < 2; ) {
    alone = (await statementsOf(db, ping)).length > 1 ? 0 : alone + 1;
  }
}

/** The answer without what is another one each time, and how many statements were made for it. */
async function asked(caller: object, path: string, input: unknown) {
  await settled();
  let answer = "";
  const statements = await statementsOf(api.services.db, async () => {
    try {
      answer = JSON.stringify((await firstOf(procedureAt(caller, path)?.(input))) ?? null);
    } catch (error) {
      answer = `${reasonOf(error as TRPCError)}: ${(error as Error).message}`;
    }
  });
  const drawn = [
    ...[/[\w.+-]+@[\w.-]+/g, /invitation=[\w-]+/g],
    ...[/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, /\d{4}-\d\d-\d\dT[\d:.]+Z/g],
  ];
  const said = drawn.reduce((text, each) => text.replace(each, "*"), answer);
  return { answer: said, statements: statements.length };
}

async function firstOf(asked: Promise<unknown> | undefined) {
  const answer = await asked;
  const isStream = typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
  if (!isStream) return answer;
  for await (const event of answer as AsyncIterable<unknown>) return event;
}

/** What a call answers, and the fewest statements it was ever made with. */
type Told = { answers: Set<string>; statements: number };

async function tell(told: Told, call: Promise<{ answer: string; statements: number }>) {
  const { answer, statements } = await call;
  told.answers.add(answer);
  told.statements = Math.min(told.statements, statements);
}

/**
 * What the server does in the background is counted too, so both are asked until their fewest are the same:
 * of what is asked with another number of statements they never are.
 */
async function same(caller: object, path: string, { there, not }: Pair) {
  const [known, unknown] = [there, not].map(
    (): Told => ({ answers: new Set(), statements: Number.POSITIVE_INFINITY }),
  ) as [Told, Told];
  for (let n = 0; n < 3 || (n < 20 && known.statements !== unknown.statements); n++) {
    await tell(known, asked(caller, path, await there()));
    await tell(unknown, asked(caller, path, await not()));
  }
  expect(known).toEqual(unknown);
}

test("every procedure that is open to anyone is in the table", () => {
  const paths = procedures.map(([path]) => path);
  const anyones = paths.filter((path) => matrix[path]?.need === "anyone");
  expect(Object.keys(open).sort()).toEqual(anyones.sort());
});

const pairs = Object.entries(open).flatMap(([path, pair]) =>
  typeof pair === "string" ? [] : [[path, pair] as const],
);
test.each(pairs)("%s tells nobody who has an account", (path, pair) =>
  same(api.stranger, path, pair),
);

test.each(Object.entries(signedIn))("%s tells a stranger of nobody", (path, pair) =>
  same(stranger.call, path, pair),
);

const about = Object.entries(matrix).filter(([, { about }]) => about);
test.each(about)("%s tells a stranger of nothing", async (path, line) =>
  same(stranger.call, path, {
    there: () => line.input(existing),
    not: () => line.input(missing),
  }),
);

test("as many tries are taken for an address that has an account as for one that has none", async () => {
  const triesOf = async (email: string) => {
    const reasons: string[] = [];
    while (reasons.at(-1) !== "too_many_tries" && reasons.length < 200) {
      const tried = api.stranger.auth.login({ email, password: wrong });
      reasons.push(await tried.then(String, reasonOf));
    }
    return reasons;
  };
  const known = await api.person("Known");
  expect(await triesOf(known.user.email)).toEqual(await triesOf("another@example.org"));
});

test("mail goes to the address that was given, or nowhere", async () => {
  api.mails.length = 0;
  const known = await api.person("Mailed");
  for (const email of [known.user.email, "unknown@example.org"]) {
    await api.stranger.auth.forgotPassword({ email });
  }
  await expect.poll(() => api.mails.map(({ to }) => to)).toEqual([known.user.email]);
});

test("who asks to sign up makes one mail go to the address that was given, whoever has an account", async () => {
  const known = await api.person("Known");
  for (const email of [known.user.email, "another@example.org"]) {
    api.mails.length = 0;
    await api.stranger.auth.requestSignUp({ email });
    await expect.poll(() => api.mails.map(({ to }) => to)).toEqual([email]);
  }
});

test("nor does who has an invitation's link, or made the invitation, learn who has an account", async () => {
  const role = "viewer" as const;
  const link = await stranger.call.invitations.createLink({
    ...{ workspaceId: ownId, role, days: 7, maxUses: null, domain: null, label: null },
  });
  const secretOf = (each: { link: string }) => new URL(each.link).searchParams.get("invitation");
  const invitation = secretOf(link) ?? "";
  const password = wrong;
  const byLink = ofAddress((email) => ({ email, password, invitation }));
  await same(api.stranger, "auth.register", byLink);
  await same(api.stranger, "auth.requestSignUp", byLink);
  const inviting = (email: string) =>
    stranger.call.invitations.create({ workspaceId: ownId, email, role });
  const [there, not] = [await inviting(owner.user.email), await inviting(NOBODY)].map(
    (each) => secretOf(each) ?? "",
  );
  await same(api.stranger, "auth.register", {
    there: () => ({ email: owner.user.email, password, invitation: there }),
    not: () => ({ email: NOBODY, password, invitation: not }),
  });
});
