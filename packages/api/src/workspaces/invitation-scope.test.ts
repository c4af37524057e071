/** Invitations into one project or one document, by link and by mail, of guests and of members. */
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const secretOf = ({ link }: { link: string }) => new URL(link).searchParams.get("invitation") ?? "";
const bounds = { days: 7, maxUses: null, domain: null, label: "Clients" } as const;

/** A private project and a private document beside what is open, and what leads into each. */
async function settle() {
  const team = await makeTeam(api);
  const { owner, editor, workspaceId } = team;
  await owner.call.workspaces.update({ workspaceId, patch: { inviterRole: "editor" } });
  const plans = { workspaceId, name: "Plans", key: "PLAN", visibility: "private" } as const;
  const project = await editor.call.projects.create(plans);
  const document = await editor.call.documents.create({ workspaceId, title: "Offer" });
  await editor.call.documents.setVisibility({ id: document.id, visibility: "private" });
  const places = {
    project: {
      into: { projectId: project.id, role: "editor" } as const,
      name: "Plans",
      open: (person: TestPerson) => person.call.projects.get({ id: project.id }),
      close: (userId: string) =>
        owner.call.projects.setMember({ projectId: project.id, userId, role: "viewer" }),
      remove: () => owner.call.projects.delete({ id: project.id, name: "Plans" }),
    },
    document: {
      into: { documentId: document.id, role: "editor" } as const,
      name: "Offer",
      open: (person: TestPerson) => person.call.documents.get({ id: document.id }),
      close: (userId: string) =>
        owner.call.documents.setMember({ id: document.id, userId, role: "viewer" }),
      remove: () => owner.call.documents.delete({ id: document.id }),
    },
  };
  return { ...team, places };
}

describe.each(["project", "document"] as const)("into one %s", (kind) => {
  test("a link lets a stranger into just that, as a guest, and says so first", async () => {
    const { editor, owner, stranger, workspaceId, project, places } = await settle();
    const { into, name, open } = places[kind];
    const role = "guest" as const;
    const made = await editor.call.invitations.createLink({ workspaceId, role, ...bounds, into });
    const secret = secretOf(made);
    const told = { kind, name, role: "editor", id: expect.any(String) };
    expect(await api.stranger.invitations.preview({ secret })).toMatchObject({ into: told, role });
    await expect(open(stranger)).rejects.toEqual(reason("not_found"));
    const accepted = await stranger.call.invitations.accept({ secret });
    expect(accepted).toMatchObject({ outcome: "joined", role, into: told });
    expect(await open(stranger)).toMatchObject({ role: "editor" });
    const other = stranger.call.projects.get({ id: project.id });
    await expect(other).rejects.toEqual(reason("not_found"));
    expect(await stranger.call.invitations.accept({ secret })).toMatchObject({
      outcome: "already_member",
    });
    expect(await owner.call.invitations.list({ workspaceId })).toMatchObject([
      { into: told, people: [{ userId: stranger.user.id }] },
    ]);
    const { entries } = await owner.call.audit.list({ workspaceId, limit: 20 });
    expect(entries.map(({ action }) => action)).toContain("member.joined");
  });

  test("a member is invited like anybody else, keeps their role, and accepts or declines", async () => {
    const { editor, viewer, workspaceId, places } = await settle();
    const { into, open, name } = places[kind];
    const invited = { workspaceId, userId: viewer.user.id, role: "guest" as const, into };
    await editor.call.invitations.create(invited);
    await expect(open(viewer)).rejects.toEqual(reason("not_found"));
    const [mine] = await viewer.call.invitations.mine();
    expect(mine).toMatchObject({ into: { kind, name, role: "editor" } });
    await viewer.call.invitations.decline({ id: String(mine?.id) });
    await expect(open(viewer)).rejects.toEqual(reason("not_found"));
    await editor.call.invitations.create(invited);
    const [again] = await viewer.call.invitations.mine();
    const accepted = await viewer.call.invitations.accept({ id: String(again?.id) });
    expect(accepted).toMatchObject({ outcome: "raised", role: "viewer" });
    expect(await open(viewer)).toMatchObject({ role: "editor" });
    expect(await viewer.call.invitations.mine()).toEqual([]);
  });

  test("only who may let people in there makes one, and it ends with that right", async () => {
    const { editor, viewer, owner, stranger, workspaceId, places } = await settle();
    const { into, close, open } = places[kind];
    const guest = { workspaceId, role: "guest" as const, ...bounds, into };
    const second = await api.person("Eva");
    await api.join(workspaceId, second.user.id, "editor");
    for (const { call } of [second, viewer, stranger]) {
      const refused = call.invitations.createLink(guest);
      await expect(refused).rejects.toMatchObject({
        reason: expect.stringMatching(/^(not_found|role_too_low)$/),
      });
    }
    const made = await editor.call.invitations.createLink(guest);
    const mailed = { workspaceId, email: stranger.user.email, role: "guest" as const, into };
    await editor.call.invitations.create(mailed);
    await close(editor.user.id);
    const secret = secretOf(made);
    await expect(api.stranger.invitations.preview({ secret })).rejects.toEqual(
      reason("invitation_expired"),
    );
    await expect(stranger.call.invitations.accept({ secret })).rejects.toEqual(
      reason("invitation_expired"),
    );
    expect(await stranger.call.invitations.mine()).toEqual([]);
    const listed = await owner.call.invitations.list({ workspaceId });
    expect(listed.map(({ state }) => state)).toEqual(["stopped", "stopped"]);
    await expect(open(stranger)).rejects.toEqual(reason("not_found"));
  });

  test("revoked, or when its place is gone, it lets nobody in", async () => {
    const { owner, stranger, workspaceId, places } = await settle();
    const { into, remove } = places[kind];
    const guest = { workspaceId, role: "guest" as const, ...bounds, into };
    const [one, two] = [
      await owner.call.invitations.createLink(guest),
      await owner.call.invitations.createLink(guest),
    ];
    await owner.call.invitations.revoke({ id: one.id });
    await remove();
    for (const made of [one, two]) {
      const accepting = stranger.call.invitations.accept({ secret: secretOf(made) });
      await expect(accepting).rejects.toEqual(reason("invitation_expired"));
    }
    expect(await stranger.call.workspaces.list()).toEqual([]);
  });
});
