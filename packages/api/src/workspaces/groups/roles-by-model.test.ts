/**
 * Random scripts of grants, groups and members: after each step everybody's role everywhere is what a
 * naive model says, which joins the groups where the product reads one derived row; and what the feed
 * has told each of them of their projects adds up to the same.
 */

import { type Role, roles, type WorkspaceRole, workspaceRoles } from "@guildhall/db/lists";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invariant } from "../../core/errors.ts";

let api: TestApi;
let owner: TestPerson;
let people: TestPerson[];
beforeAll(async () => {
  api = await startTestApi();
  owner = await api.person("Olga");
  people = await Promise.all(["Ann", "Ben", "Cleo"].map((name) => api.person(name)));
});
afterAll(() => api.stop());

type Grants = Map<string, Role>;
type Place = { isPrivate: boolean; people: Grants; groups: Grants };
type Model = {
  members: Map<string, WorkspaceRole>;
  groups: Map<string, { role: Role | null; people: Set<string> }>;
  projects: Map<string, Place>;
  /** With the document that it stands below, and its project. */
  documents: Map<string, Place & { above: string | null; project: string | null }>;
};

const strongest = <R extends WorkspaceRole>(given: (R | null | undefined)[]): R | null =>
  (workspaceRoles.find((role) => given.some((each) => each === role)) as R | undefined) ?? null;

/** What the workspace's role gives where nothing else is said: a guest's gives nothing. */
const byWorkspace = (role: WorkspaceRole) => (role === "guest" ? null : role);

const groupsOf = (model: Model, person: string) =>
  [...model.groups].filter(([, group]) => group.people.has(person));

function inWorkspace(model: Model, person: string): WorkspaceRole | null {
  const own = model.members.get(person);
  if (!own) return null;
  return strongest([own, ...groupsOf(model, person).map(([, { role }]) => role)]);
}

/** Undefined where a place says nothing about somebody. */
function givenIn(model: Model, place: Place, person: string): Role | null | undefined {
  const named = place.people.get(person);
  if (named) return named;
  const through = strongest(groupsOf(model, person).map(([id]) => place.groups.get(id)));
  return through ?? (place.isPrivate ? null : undefined);
}

function inProject(model: Model, id: string, person: string): Role | null {
  const role = inWorkspace(model, person);
  if (role === null || role === "owner") return role;
  const given = givenIn(model, invariant(model.projects.get(id), "a project"), person);
  return given === undefined ? byWorkspace(role) : given;
}

function inDocument(model: Model, id: string, person: string): Role | null {
  const role = inWorkspace(model, person);
  if (role === null || role === "owner") return role;
  const document = invariant(model.documents.get(id), "a document");
  const given = givenIn(model, document, person);
  if (given !== undefined) return given;
  if (document.above) return inDocument(model, document.above, person);
  return document.project ? inProject(model, document.project, person) : byWorkspace(role);
}

type World = { workspaceId: string; model: Model };

async function makeWorld(): Promise<World> {
  const { call } = owner;
  const { id: workspaceId } = await call.workspaces.create({ name: "Mill" });
  for (const { user } of people) await api.join(workspaceId, user.id, "viewer");
  const place = (isPrivate = false): Place => ({ isPrivate, people: new Map(), groups: new Map() });
  const model: Model = {
    members: new Map(people.map(({ user }) => [user.id, "viewer"])),
    groups: new Map(),
    projects: new Map(),
    documents: new Map(),
  };
  for (const name of ["Design", "Press"]) await makeGroup({ workspaceId, model }, name);
  const visibilities = ["open", "private"] as const;
  for (const [n, visibility] of visibilities.entries()) {
    const project = { workspaceId, name: "App", key: `APP${n}`, visibility };
    const { id } = await call.projects.create(project);
    model.projects.set(id, place(visibility === "private"));
  }
  const document = async (above: string | null, project: string | null) => {
    const place_ = { workspaceId, parentId: above, projectId: project };
    const { id } = await call.documents.create(place_);
    model.documents.set(id, { ...place(), above, project });
    return id as string;
  };
  const top = await document(null, null);
  await document(top, null);
  await document(null, invariant([...model.projects.keys()][0], "two projects"));
  return { workspaceId, model };
}

async function makeGroup({ workspaceId, model }: World, name: string) {
  const { id } = await owner.call.groups.create({ workspaceId, name });
  model.groups.set(id, { role: null, people: new Set() });
}

type Step = {
  kind: number;
  who: number;
  group: number;
  place: number;
  role: Role | null;
  isGuest: boolean;
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(11),
  who: fc.nat(2),
  group: fc.nat(1),
  place: fc.nat(2),
  role: fc.constantFrom(...roles, null),
  isGuest: fc.boolean(),
});

const at = <T>(all: Iterable<T>, n: number): T => {
  const list = [...all];
  return invariant(list[n % list.length], "there is one");
};

/** Null in place of a role takes it away. */
async function act(world: World, { kind, who, group, place, role, isGuest }: Step) {
  const { workspaceId, model } = world;
  const { call } = owner;
  const userId = at(people, who).user.id as string;
  const isHere = model.members.has(userId);
  const [groupId, theGroup] = at(model.groups, group);
  const [projectId, project] = at(model.projects, place);
  const [id, document] = at(model.documents, place);
  const put = (grants: Grants, key: string) => (role ? grants.set(key, role) : grants.delete(key));
  switch (kind) {
    case 0:
      if (!isHere || role) {
        const given = isGuest ? "guest" : (role ?? "viewer");
        if (isHere) await call.members.setRole({ workspaceId, userId, role: given });
        else await api.join(workspaceId, userId, given);
        model.members.set(userId, given);
      } else {
        await call.members.remove({ workspaceId, userId });
        model.members.delete(userId);
        for (const { people } of model.groups.values()) people.delete(userId);
        for (const { people } of [...model.projects.values(), ...model.documents.values()]) {
          people.delete(userId);
        }
      }
      return;
    case 1:
      await call.groups.update({ id: groupId, patch: { role } });
      theGroup.role = role;
      return;
    case 2:
      if (role !== null) return;
      await call.groups.delete({ id: groupId });
      model.groups.delete(groupId);
      for (const { groups } of [...model.projects.values(), ...model.documents.values()]) {
        groups.delete(groupId);
      }
      return makeGroup(world, `In place of ${groupId}`);
    case 3:
      await call.projects.update({
        id: projectId,
        patch: { visibility: role ? "private" : "open" },
      });
      project.isPrivate = role !== null;
      return;
    case 4:
      await call.documents.setVisibility({ id, visibility: role ? "private" : "inherited" });
      document.isPrivate = role !== null;
      return;
    case 5:
      if (role) await call.projects.setGroup({ projectId, groupId, role });
      else if (project.groups.has(groupId)) await call.projects.removeGroup({ projectId, groupId });
      put(project.groups, groupId);
      return;
    case 6:
      if (role) await call.documents.setGroup({ id, groupId, role });
      else if (document.groups.has(groupId)) await call.documents.removeGroup({ id, groupId });
      put(document.groups, groupId);
      return;
    default:
      if (isHere) await actOnMember(world, { kind, userId, groupId, projectId, id, role });
  }
}

type OnMember = Record<"userId" | "groupId" | "projectId" | "id", string> &
  Pick<Step, "kind" | "role">;

async function actOnMember({ model }: World, step: OnMember) {
  const { kind, userId, groupId, projectId, id, role } = step;
  const { call } = owner;
  const inGroup = invariant(model.groups.get(groupId), "a group").people;
  const inProject = invariant(model.projects.get(projectId), "a project").people;
  const inDocument = invariant(model.documents.get(id), "a document").people;
  switch (kind) {
    case 7:
      if (role) {
        await call.projects.setMember({ projectId, userId, role });
        inProject.set(userId, role);
      } else if (inProject.delete(userId)) await call.projects.removeMember({ projectId, userId });
      return;
    case 8:
      if (role) {
        await call.documents.setMember({ id, userId, role });
        inDocument.set(userId, role);
      } else if (inDocument.delete(userId)) await call.documents.removeMember({ id, userId });
      return;
    default:
      if (inGroup.has(userId)) {
        await call.groups.removeMembers({ id: groupId, userIds: [userId] });
        inGroup.delete(userId);
      } else {
        await call.groups.addMembers({ id: groupId, userIds: [userId] });
        inGroup.add(userId);
      }
  }
}

type Known = { role: WorkspaceRole | null; projects: Grants };

/** As this person would read it now. */
async function readOf({ workspaceId, model }: World, person: TestPerson): Promise<Known> {
  if (!model.members.has(person.user.id)) return { role: null, projects: new Map() };
  const { role, projects } = await person.call.workspaces.open({ workspaceId });
  return {
    role,
    projects: new Map(projects.map((project) => [project.id as string, project.role])),
  };
}

function expected({ model }: World, person: TestPerson): Known {
  const found = [...model.projects.keys()].flatMap((id): [string, Role][] => {
    const role = inProject(model, id, person.user.id);
    return role ? [[id, role]] : [];
  });
  return { role: inWorkspace(model, person.user.id), projects: new Map(found) };
}

/** What the feed has told somebody since, put into what they knew. */
async function follow(world: World, person: TestPerson, known: Known, seq: number) {
  const { workspaceId, model } = world;
  if (!model.members.has(person.user.id)) return known;
  const { changes } = await person.call.changes.since({ workspaceId, seq });
  // Of another role of one's own a page reads the workspace afresh.
  const isOther = changes.some(({ entity, id }) => entity === "member" && id === person.user.id);
  if (isOther) return readOf(world, person);
  const projects = new Map(known.projects);
  for (const change of changes) {
    if (change.entity !== "access") continue;
    const { row, id } = change;
    if (row?.userId !== person.user.id) continue;
    if (row.role) projects.set(id, row.role);
    else projects.delete(id);
  }
  return { ...known, projects };
}

const sorted = ({ role, projects }: Known) => ({ role, projects: [...projects].sort() });

async function check(world: World) {
  const { model } = world;
  for (const person of people) {
    expect(sorted(await readOf(world, person))).toEqual(sorted(expected(world, person)));
  }
  for (const id of model.documents.keys()) {
    const seen = await owner.call.documents.members({ id });
    const got = people.map(
      ({ user }) => seen.find((each) => each.userId === user.id)?.role ?? null,
    );
    expect(got).toEqual(people.map(({ user }) => inDocument(model, id, user.id)));
  }
}

const position = async (workspaceId: string) =>
  (await owner.call.workspaces.open({ workspaceId })).seq;

async function play(script: readonly Step[]) {
  const world = await makeWorld();
  let known = await Promise.all(people.map((person) => readOf(world, person)));
  for (const each of script) {
    const seq = await position(world.workspaceId);
    await act(world, each);
    await check(world);
    const followed = people.map((person, n) =>
      follow(world, person, invariant(known[n], "one for each"), seq),
    );
    known = await Promise.all(followed);
    for (const [n, person] of people.entries()) {
      if (!world.model.members.has(person.user.id)) continue;
      const own = invariant(known[n], "one for each");
      expect(sorted(own)).toEqual(sorted(expected(world, person)));
    }
  }
}

test("whatever is given to people and groups, in any order, a role is what the model says", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), play), {
    numRuns: 6,
    endOnFailure: true,
  });
});
