import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** Somebody who has opened the link that was mailed to them. */
async function confirmed(name: string): Promise<TestPerson> {
  const person = await api.person(name);
  await confirm(person);
  return person;
}

async function confirm({ call }: TestPerson) {
  await call.auth.sendConfirmation({});
  const token = /token=(\S+)/.exec(api.mails.at(-1)?.text ?? "")?.[1] ?? "";
  await call.auth.confirmEmail({ token });
}

const invite = (by: TestPerson, workspaceId: string, email: string) =>
  by.call.invitations.create({ workspaceId, email, role: "editor" });

/** How often the server has said by now that something of theirs may have changed. */
async function signalsOf(person: TestPerson) {
  const closing = new AbortController();
  const stream = await api.as(person.token, { signal: closing.signal }).auth.onMine();
  const heard = { times: 0, stop: () => closing.abort() };
  void (async () => {
    for await (const _ of stream) heard.times++;
  })();
  await expect.poll(() => heard.times).toBe(1);
  return heard;
}

test("whoever is invited hears of it at once, and of its end; of an address only who has confirmed it", async () => {
  const { owner, workspaceId, changesOf, viewer } = await makeTeam(api);
  const bea = await confirmed("Bea");
  const taken = await api.person("Nobea");
  const [beas, others] = [await signalsOf(bea), await signalsOf(taken)];
  const hears = async (act: () => Promise<unknown>) => {
    const before = beas.times;
    await act();
    await expect.poll(() => beas.times).toBeGreaterThan(before);
  };
  let id = "";
  const { email } = bea.user;
  const told = await changesOf(() =>
    hears(async () => {
      ({ id } = await invite(owner, workspaceId, email));
    }),
  );
  expect(told).toMatchObject([{ entity: "invitation", op: "insert", id, row: { id } }]);
  expect(JSON.stringify(told)).not.toContain(email);
  const revoked = await changesOf(() => hears(() => owner.call.invitations.revoke({ id })));
  expect(revoked).toMatchObject([{ entity: "invitation", op: "delete", id, row: null }]);

  const again = await invite(owner, workspaceId, email);
  const seq = (await owner.call.workspaces.open({ workspaceId })).seq;
  const declined = await changesOf(() => bea.call.invitations.decline({ id: again.id }));
  expect(declined).toMatchObject([{ entity: "invitation", op: "delete", id: again.id }]);
  expect((await viewer.call.changes.since({ workspaceId, seq })).changes).toEqual([]);

  // Its maker goes, and with them what they made.
  const anna = await api.person("Anna");
  await api.join(workspaceId, anna.user.id, "owner");
  const hers = await invite(anna, workspaceId, email);
  const gone = await changesOf(() =>
    hears(() => owner.call.members.setRole({ workspaceId, userId: anna.user.id, role: "viewer" })),
  );
  expect(gone).toContainEqual(
    expect.objectContaining({ entity: "invitation", op: "delete", id: hers.id }),
  );

  // An address that nobody has confirmed is told nothing, until it is.
  await invite(owner, workspaceId, taken.user.email);
  await hears(() => invite(owner, workspaceId, email));
  expect(others.times).toBe(1);
  await confirm(taken);
  await expect.poll(() => others.times).toBe(2);
  expect(await taken.call.invitations.mine()).toMatchObject([{ workspaceName: "Mill" }]);
  beas.stop();
  others.stop();
});
