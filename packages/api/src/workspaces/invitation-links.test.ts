import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { mayAs, type Role } from "../core/access.ts";
import { deriveSecret } from "../core/secrets.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const secretOf = ({ link }: { link: string }) => new URL(link).searchParams.get("invitation") ?? "";
const { invitations, users } = schema;

type Link = Parameters<TestPerson["call"]["invitations"]["createLink"]>[0];
async function link(by: TestPerson, workspaceId: string, more: Partial<Link> = {}) {
  const made = await by.call.invitations.createLink({
    ...{ workspaceId, role: "viewer", days: 7, maxUses: null, domain: null, label: null },
    ...more,
  });
  return { ...made, secret: secretOf(made) };
}

const expire = (id: string) =>
  api.services.db
    .update(invitations)
    .set({ expiresAt: sql`now() - interval '1 minute'` })
    .where(eq(invitations.id, id));

test("a link lets in whoever has it, with an account or without one, and tells who came by it", async () => {
  const { owner, stranger, workspaceId, changesOf } = await makeTeam(api);
  const { id, secret } = await link(owner, workspaceId, { label: "Summer school", days: null });
  expect(await api.stranger.invitations.preview({ secret })).toEqual({
    ...{ workspaceName: "Mill", role: "viewer", email: null, name: null, isLink: true, into: null },
    ...{ domain: null, expiresAt: null, invitedBy: "Olga", mailedTo: null },
  });
  const changes = await changesOf(() => stranger.call.invitations.accept({ secret }));
  expect(changes).toMatchObject([
    { entity: "member", op: "insert", id: stranger.user.id, row: { role: "viewer" } },
    { entity: "invitation", op: "update", id },
  ]);
  const email = `new-${uuidv7()}@example.com`;
  await api.register({ email, password: PASSWORD, name: "Nia", invitation: secret });
  const [listed] = await owner.call.invitations.list({ workspaceId });
  expect(listed).toMatchObject({
    ...{ id, state: "open", label: "Summer school", uses: 2, maxUses: null, makerName: "Olga" },
    people: [{ name: "Sam" }, { name: "Nia" }],
  });
  // It can be copied again, though only its sum is stored.
  expect(listed?.link && secretOf({ link: listed.link })).toBe(secret);
  expect(JSON.stringify(await api.services.db.select().from(invitations))).not.toContain(secret);
});

test("a token that only reads sees the invitations, and none of the links that let somebody in", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  await link(owner, workspaceId, { role: "owner" });
  for (const scope of ["read", "write"] as const) {
    const { token } = await owner.call.tokens.create({ name: "Script", scope, days: 1 });
    const [listed] = await api.as(token).invitations.list({ workspaceId });
    expect([scope, listed?.state, listed?.link !== null]).toEqual([
      scope,
      "open",
      scope === "write",
    ]);
  }
});

test("of a server whose secret is another one since, there is no link to copy", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const { id, secret } = await link(owner, workspaceId);
  const { config } = api.services;
  const before = config.jwtSecret;
  config.jwtSecret = "another secret, as long as needed";
  const [listed] = await owner.call.invitations.list({ workspaceId });
  config.jwtSecret = before;
  expect(listed).toMatchObject({ id, link: null });
  expect(deriveSecret(before, `invitation:${id}`)).toBe(secret);
});

test("no more come by it than it has uses, however many try at once", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const { id, secret } = await link(owner, workspaceId, { maxUses: 3 });
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => api.person(`P${n}`)));
  const tried = await Promise.allSettled(
    people.map(({ call }) => call.invitations.accept({ secret })),
  );
  const refusals = tried.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(refusals).toHaveLength(9);
  for (const refusal of refusals) expect(refusal).toEqual(reason("invitation_expired"));
  expect(await owner.call.workspaces.members({ workspaceId })).toHaveLength(6);
  const [listed] = await owner.call.invitations.list({ workspaceId });
  expect(listed).toMatchObject({ id, state: "used", uses: 3 });
  expect(listed?.people).toHaveLength(3);
});

test("a member who opens it keeps the higher role, is told, and uses nothing up", async () => {
  const { owner, editor, viewer, workspaceId } = await makeTeam(api);
  const asViewer = await link(owner, workspaceId, { maxUses: 1 });
  const told = await editor.call.invitations.accept({ secret: asViewer.secret });
  expect([told.outcome, told.role]).toEqual(["already_member", "editor"]);
  const asEditor = await link(owner, workspaceId, { role: "editor" });
  const raised = await viewer.call.invitations.accept({ secret: asEditor.secret });
  expect([raised.outcome, raised.role]).toEqual(["raised", "editor"]);
  const list = await owner.call.invitations.list({ workspaceId });
  expect(list.map(({ uses }) => uses)).toEqual([1, 0]);
});

test("one for a domain lets in only who has shown an address there to be theirs", async () => {
  const { owner, stranger, workspaceId } = await makeTeam(api);
  const { secret } = await link(owner, workspaceId, { domain: "guild.example" });
  await expect(stranger.call.invitations.accept({ secret })).rejects.toEqual(
    reason("invitation_for_other"),
  );
  const sub = { password: PASSWORD, name: "Uma", invitation: secret };
  const elsewhere = { ...sub, email: `uma-${uuidv7()}@not.guild.example` };
  await expect(api.register(elsewhere)).rejects.toEqual(reason("invitation_for_other"));
  // Who signs up by a mailed link has shown it.
  const { token } = await api.register({ ...sub, email: `uma-${uuidv7()}@guild.example` });
  expect(await api.as(token).workspaces.list()).toMatchObject([{ id: workspaceId }]);
});

test("one for a domain, where no mail is sent: there is an account, which gets in once its address is confirmed", async () => {
  const silent = await startTestApi({ sendsMail: false });
  onTestFinished(() => silent.stop());
  const { owner, workspaceId } = await makeTeam(silent);
  const { secret } = await link(owner, workspaceId, { domain: "guild.example" });
  const { token } = await silent.stranger.auth.register({
    ...{ password: PASSWORD, name: "Uma", invitation: secret },
    email: `uma-${uuidv7()}@guild.example`,
  });
  const uma = silent.as(token);
  expect(await uma.workspaces.list()).toEqual([]);
  await expect(uma.invitations.accept({ secret })).rejects.toEqual(reason("address_unconfirmed"));
  await silent.services.db.update(users).set({ emailVerifiedAt: new Date() });
  expect(await uma.invitations.accept({ secret })).toMatchObject({ outcome: "joined" });
});

test("each way in which a link has ended has a sentence of its own", async () => {
  const { owner, stranger, workspaceId, editor } = await makeTeam(api);
  await owner.call.workspaces.update({ workspaceId, patch: { inviterRole: "editor" } });
  const revoked = await link(owner, workspaceId);
  const expired = await link(owner, workspaceId);
  const used = await link(owner, workspaceId, { maxUses: 1 });
  const stopped = await link(editor, workspaceId);
  await owner.call.invitations.revoke({ id: revoked.id });
  await expire(expired.id);
  await stranger.call.invitations.accept({ secret: used.secret });
  await api.services.db
    .update(users)
    .set({ deactivatedAt: new Date() })
    .where(eq(users.id, editor.user.id));
  const late = await api.person("Lea");
  const sentences = await Promise.all(
    [revoked, expired, used, stopped].map(async ({ secret }) => {
      const [previewed, accepted] = await Promise.all([
        api.stranger.invitations.preview({ secret }).catch((error) => error),
        late.call.invitations.accept({ secret }).catch((error) => error),
      ]);
      expect(previewed).toEqual(reason("invitation_expired"));
      expect(accepted.message).toBe(previewed.message);
      return previewed.message as string;
    }),
  );
  expect(new Set(sentences).size).toBe(4);
  const states = (await owner.call.invitations.list({ workspaceId })).map(({ id, state }) => [
    ...[id, state],
  ]);
  expect(Object.fromEntries(states)).toEqual({
    ...{ [expired.id]: "expired", [used.id]: "used", [stopped.id]: "stopped" },
  });
});

test("what editors sent is revoked for good when they may invite no longer, also when they may again", async () => {
  const { owner, editor, stranger, workspaceId } = await makeTeam(api);
  const allow = (inviterRole: "owner" | "editor") =>
    owner.call.workspaces.update({ workspaceId, patch: { inviterRole } });
  await allow("editor");
  const [theirs, mine] = [await link(editor, workspaceId), await link(owner, workspaceId)];
  const invited = { workspaceId, email: stranger.user.email, role: "viewer" } as const;
  await editor.call.invitations.create(invited);
  const { seq } = await owner.call.workspaces.open({ workspaceId });
  await allow("owner");
  const { changes } = await owner.call.changes.since({ workspaceId, seq });
  expect(changes.filter(({ entity }) => entity === "invitation")).toHaveLength(2);
  await allow("editor");
  const accepting = stranger.call.invitations.accept({ secret: theirs.secret });
  await expect(accepting).rejects.toEqual(reason("invitation_expired"));
  expect(await stranger.call.invitations.mine()).toEqual([]);
  expect((await owner.call.invitations.list({ workspaceId })).map(({ id }) => id)).toEqual([
    mine.id,
  ]);
  const { entries } = await owner.call.audit.list({ workspaceId, limit: 10 });
  expect(entries).toContainEqual(
    expect.objectContaining({ after: { inviterRole: "owner", invitationsRevoked: 2 } }),
  );
});

describe("never more than its maker may give when it is accepted", () => {
  const makers = ["owner", "editor"] as const;
  const invitedRoles = ["owner", "editor", "viewer"] as const;
  /** What becomes of the maker in between; the role that they then have. */
  const between: Record<
    string,
    (team: Team, maker: TestPerson, from: Role) => Promise<Role | null>
  > = {
    nothing: async (_, __, from) => from,
    "made editor": async ({ owner, workspaceId }, { user }) => {
      await owner.call.members.setRole({ workspaceId, userId: user.id, role: "editor" });
      return "editor";
    },
    "made viewer": async ({ owner, workspaceId }, { user }) => {
      await owner.call.members.setRole({ workspaceId, userId: user.id, role: "viewer" });
      return "viewer";
    },
    removed: async ({ owner, workspaceId }, { user }) => {
      await owner.call.members.remove({ workspaceId, userId: user.id });
      return null;
    },
    "no inviter any more": async ({ owner, workspaceId }, _, from) => {
      await owner.call.workspaces.update({ workspaceId, patch: { inviterRole: "owner" } });
      return from === "owner" ? "owner" : null;
    },
  };
  const table = makers.flatMap((maker) =>
    invitedRoles.flatMap((invited) =>
      Object.keys(between).map((change) => ({ maker, invited, change })),
    ),
  );

  test.each(table)("$maker invites $invited, then: $change", async ({ maker, invited, change }) => {
    const team = await makeTeam(api);
    const { owner, workspaceId } = team;
    await owner.call.workspaces.update({ workspaceId, patch: { inviterRole: "editor" } });
    const who = await api.person("Mika");
    await api.join(workspaceId, who.user.id, maker);
    const guest = await api.person("Gil");
    const input = { workspaceId, role: invited };
    if (!mayAs(maker, invited)) {
      await expect(link(who, workspaceId, input)).rejects.toEqual(reason("role_too_low"));
      const byMail = who.call.invitations.create({ ...input, email: guest.user.email });
      await expect(byMail).rejects.toEqual(reason("role_too_low"));
      return;
    }
    const byLink = await link(who, workspaceId, input);
    const byMail = await who.call.invitations.create({ ...input, email: guest.user.email });
    const now = await between[change]?.(team, who, maker);
    const may = now !== null && now !== undefined && now !== "viewer" && mayAs(now, invited);
    const other = await api.person("Lin");
    for (const accept of [
      () => other.call.invitations.accept({ secret: byLink.secret }),
      () => guest.call.invitations.accept({ secret: secretOf(byMail) }),
    ]) {
      const accepting = accept();
      if (may) expect(await accepting).toMatchObject({ outcome: "joined", role: invited });
      else await expect(accepting).rejects.toEqual(reason("invitation_expired"));
    }
  });

  test("an editor who may invite sees their own invitations and revokes no other", async () => {
    const { owner, editor, workspaceId } = await makeTeam(api);
    const refused = editor.call.invitations.list({ workspaceId });
    await expect(refused).rejects.toEqual(reason("role_too_low"));
    await owner.call.workspaces.update({ workspaceId, patch: { inviterRole: "editor" } });
    const theirs = await link(owner, workspaceId, { role: "owner" });
    const mine = await link(editor, workspaceId);
    expect((await editor.call.invitations.list({ workspaceId })).map(({ id }) => id)).toEqual([
      mine.id,
    ]);
    await expect(editor.call.invitations.revoke({ id: theirs.id })).rejects.toEqual(
      reason("not_found"),
    );
    await editor.call.invitations.revoke({ id: mine.id });
  });
});

describe("many at once", () => {
  test("each entry of a pasted list has its answer, and who has an account has the same", async () => {
    const { owner, editor, stranger, workspaceId } = await makeTeam(api);
    const sent = api.mails.length;
    const fresh = `grace-${uuidv7()}@example.org`;
    const addresses = `Grace Hopper <${fresh}>, ${stranger.user.email};
"Doe, Jo" <jo-${fresh}>
mailto:${fresh.toUpperCase()}
nobody at example, ${editor.user.email}`;
    const { entries, isMailed } = await owner.call.invitations.createMany({
      ...{ workspaceId, role: "editor", people: addresses },
    });
    expect(isMailed).toBe(true);
    expect(entries.map(({ email, outcome }) => [email, outcome])).toEqual([
      [fresh, "invited"],
      [stranger.user.email, "invited"],
      [`jo-${fresh}`, "invited"],
      [fresh, "duplicate"],
      [null, "invalid"],
      [editor.user.email, "member"],
    ]);
    const mails = api.mails.slice(sent);
    expect(mails.map(({ to }) => to)).toEqual([fresh, stranger.user.email, `jo-${fresh}`]);
    expect(mails[0]?.text).toMatch(/^Hello Grace Hopper,/);
    expect(mails[2]?.text).toMatch(/^Hello Doe, Jo,/);
    expect(await owner.call.invitations.list({ workspaceId })).toHaveLength(3);
  });

  test("it is bounded, at once and in a while", async () => {
    const { owner, workspaceId } = await makeTeam(api);
    const list = (n: number) => Array.from({ length: n }, () => `p${uuidv7()}@example.org`);
    const many = (addresses: string[]) =>
      owner.call.invitations.createMany({
        ...{ workspaceId, role: "viewer", people: addresses.join("\n") },
      });
    await expect(many(list(101))).rejects.toEqual(reason("too_many"));
    await many(list(60));
    const outcomes = (await many(list(60))).entries.map(({ outcome }) => outcome);
    expect(outcomes).toEqual([...Array(40).fill("invited"), ...Array(20).fill("later")]);
  });
});

test("sent again, it is good for its whole time from then on, by the link it had; not twice an hour", async () => {
  const { owner, stranger, workspaceId } = await makeTeam(api);
  const email = stranger.user.email;
  const made = await owner.call.invitations.create({ workspaceId, email, role: "editor" });
  await expire(made.id);
  expect(await owner.call.invitations.list({ workspaceId })).toMatchObject([{ state: "expired" }]);
  const sent = api.mails.length;
  await owner.call.invitations.remind({ id: made.id });
  expect(api.mails.slice(sent)).toMatchObject([
    { to: email, text: expect.stringContaining(secretOf(made)) },
  ]);
  await expect(owner.call.invitations.remind({ id: made.id })).rejects.toEqual(reason("too_often"));
  expect(await owner.call.invitations.list({ workspaceId })).toMatchObject([{ state: "open" }]);
  expect(await stranger.call.invitations.accept({ secret: secretOf(made) })).toMatchObject({
    outcome: "joined",
  });
});
