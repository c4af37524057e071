import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { base64, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { invariant } from "../errors.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

type Call = TestPerson["call"];
type Undone = { row: object | null; left: string[] };
/** One thing that two people may change: how it is, what can be done to it, and the way back. */
type Thing = {
  state: () => Promise<unknown>;
  /** Each by anybody, with a value that is another each time. */
  commands: ((call: Call, value: string, mutationId: string) => Promise<unknown>)[];
  undo: (call: Call, of: string, mutationId: string) => Promise<Undone>;
};

let made = 0;
const REFUSED = Symbol("refused");
const color = (value: string) => `#${value.replaceAll("-", "").slice(-6)}`;

async function makeProject() {
  const key = `U${++made}`;
  const project = await team.owner.call.projects.create({
    ...{ workspaceId: team.workspaceId, name: key, key },
  });
  const now = () => team.owner.call.projects.get({ id: project.id });
  return { ...project, now };
}

/** The last of five, so that it can stand elsewhere. */
async function statusThing(): Promise<Thing> {
  const { statuses, now } = await makeProject();
  const id = invariant(statuses[4], "five").id;
  const patch =
    (of: (value: string) => object) => (call: Call, value: string, mutationId: string) =>
      call.statuses.update({ id, patch: of(value), mutationId });
  const categories = ["backlog", "started", "completed"] as const;
  return {
    state: async () => (await now()).statuses,
    commands: [
      patch((name) => ({ name })),
      patch((value) => ({ category: categories[Number.parseInt(value.slice(-2), 16) % 3] })),
      patch((value) => ({ beforeId: statuses[Number.parseInt(value.slice(-1), 16) % 4]?.id })),
    ],
    undo: (call, of, mutationId) => call.statuses.undo({ id, of, mutationId }),
  };
}

async function labelThing(): Promise<Thing> {
  const { id: projectId, now } = await makeProject();
  const id = uuidv7();
  await team.owner.call.labels.create({ id, projectId, name: "bug", color: "#112233" });
  return {
    state: async () => (await now()).labels,
    commands: [
      (call, name, mutationId) => call.labels.update({ id, patch: { name }, mutationId }),
      (call, value, mutationId) =>
        call.labels.update({ id, patch: { color: color(value) }, mutationId }),
    ],
    undo: (call, of, mutationId) => call.labels.undo({ id, of, mutationId }),
  };
}

async function projectThing(): Promise<Thing> {
  const { id, now } = await makeProject();
  await team.owner.call.projects.setMember({
    ...{ projectId: id, userId: team.editor.user.id, role: "owner" },
  });
  return {
    state: now,
    commands: [
      (call, name, mutationId) => call.projects.update({ id, patch: { name }, mutationId }),
      (call, value, mutationId) =>
        call.projects.update({
          ...{ id, patch: { description: value, key: `K${++made}` }, mutationId },
        }),
      (call, _, mutationId) => call.projects.archive({ id, mutationId }),
      (call, _, mutationId) => call.projects.restore({ id, mutationId }),
    ],
    undo: (call, of, mutationId) => call.projects.undo({ id, of, mutationId }),
  };
}

async function makeThread() {
  const { workspaceId, owner } = team;
  const { id: documentId } = await owner.call.documents.create({ workspaceId });
  const said = { anchor: { from: "AQAA", to: "AQAB" }, quote: "words", comment: { body: "Hm" } };
  const begun = await owner.call.threads.begin({ documentId, ...said });
  const state = () => owner.call.threads.list({ documentId });
  return { documentId, threadId: begun.thread.id, commentId: begun.comment.id, state };
}

async function threadThing(): Promise<Thing> {
  const { threadId: id, state } = await makeThread();
  return {
    state,
    commands: [
      (call, _, mutationId) => call.threads.resolve({ id, mutationId }),
      (call, _, mutationId) => call.threads.reopen({ id, mutationId }),
    ],
    undo: (call, of, mutationId) => call.threads.undo({ id, of, mutationId }),
  };
}

/** Both may delete and restore it, as owners of its place; what it says is its author's to change. */
async function commentThing(): Promise<Thing> {
  const { id: projectId } = await makeProject();
  const { owner, editor } = team;
  await owner.call.projects.setMember({ projectId, userId: editor.user.id, role: "owner" });
  const { id: taskId } = await owner.call.tasks.create({ projectId, title: "A task" });
  const { id } = await owner.call.comments.create({ taskId, body: "First" });
  const unless =
    (...reasons: string[]) =>
    (error: { reason?: string }) => {
      if (!reasons.includes(error.reason ?? "")) throw error;
      return REFUSED;
    };
  return {
    state: async () => [
      await owner.call.comments.list({ taskId }),
      (await owner.call.tasks.get({ id: taskId })).commentCount,
    ],
    commands: [
      (call, body, mutationId) =>
        call.comments.update({ id, body, mutationId }).catch(unless("not_found", "not_yours")),
      (call, _, mutationId) => call.comments.delete({ id, mutationId }).catch(unless("not_found")),
      (call, _, mutationId) => call.comments.restore({ id, mutationId }),
    ],
    undo: (call, of, mutationId) => call.comments.undo({ id, of, mutationId }),
  };
}

async function versionThing(): Promise<Thing> {
  const { workspaceId, owner } = team;
  const { id: documentId } = await owner.call.documents.create({ workspaceId });
  const update = base64(typed(new Y.Doc(), "Text"));
  await owner.call.documents.push({ documentId, id: uuidv7(), update });
  const { id: versionId } = await owner.call.documents.nameVersion({ documentId, name: "First" });
  return {
    state: async () => (await owner.call.documents.versions({ documentId })).items,
    commands: [
      (call, name, mutationId) =>
        call.documents.nameVersion({ documentId, versionId, name, mutationId }),
      (call, _, mutationId) =>
        call.documents.nameVersion({ documentId, versionId, name: null, mutationId }),
    ],
    undo: (call, of, mutationId) =>
      call.documents.undoVersionName({ documentId, versionId, of, mutationId }),
  };
}

const things = {
  status: statusThing,
  label: labelThing,
  project: projectThing,
  thread: threadThing,
  comment: commentThing,
  "version's name": versionThing,
};
const kinds = Object.entries(things);

const script = fc.array(fc.record({ who: fc.nat(1), kind: fc.nat(9) }), {
  minLength: 3,
  maxLength: 8,
});
const runs = { numRuns: 5, endOnFailure: true };

/** What each did, with the state before it and after it. */
async function play(thing: Thing, steps: { who: number; kind: number }[]) {
  const people = [team.owner.call, team.editor.call];
  const done: { call: Call; of: string; before: unknown; after: unknown }[] = [];
  for (const { who, kind } of steps) {
    const call = invariant(people[who], "one of two");
    const command = invariant(thing.commands[kind % thing.commands.length], "one of them");
    const before = await thing.state();
    const of = uuidv7();
    // There is nothing to undo of what was refused.
    if ((await command(call, uuidv7(), of)) === REFUSED) continue;
    done.push({ call, of, before, after: await thing.state() });
  }
  return done;
}

test.each(kinds)(
  "two people change a %s in turn; all undone in reverse is as at first, all redone as before",
  async (_, make) => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const thing = await make();
        const initial = await thing.state();
        const done = await play(thing, steps);
        const final = await thing.state();
        const redos: { call: Call; of: string }[] = [];
        for (const { call, of } of done.toReversed()) {
          const redo = uuidv7();
          expect((await thing.undo(call, of, redo)).left).toEqual([]);
          redos.unshift({ call, of: redo });
        }
        expect(await thing.state()).toEqual(initial);
        for (const { call, of } of redos) await thing.undo(call, of, uuidv7());
        expect(await thing.state()).toEqual(final);
      }),
      runs,
    );
  },
  300_000,
);

/** Whose first command sets what a person writes, and no two write alike. */
const named = kinds.filter(([kind]) => kind !== "thread" && kind !== "comment");

test.each(named)(
  "of a %s one undoes all of one's own; what the other wrote after it stays",
  async (_, make) => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const thing = await make();
        const done = await play(thing, [...steps, { who: 0, kind: 0 }]);
        const theirs = uuidv7();
        await thing.commands[0]?.(team.editor.call, theirs, uuidv7());
        const mine = done.filter(({ call }) => call === team.owner.call);
        for (const { call, of } of mine.toReversed()) await thing.undo(call, of, uuidv7());
        expect(JSON.stringify(await thing.state())).toContain(theirs);
      }),
      runs,
    );
  },
  300_000,
);

test("what somebody has changed since stays, and is named; a name or rank that is another's by now too", async () => {
  const { owner, editor } = team;
  const project = await makeProject();
  const { id: projectId, statuses, now } = project;
  const id = uuidv7();
  await owner.call.labels.create({ id, projectId, name: "bug", color: "#112233" });
  const of = uuidv7();
  const patch = { name: "defect", color: "#445566" };
  await owner.call.labels.update({ id, patch, mutationId: of });
  await editor.call.labels.update({ id, patch: { color: "#778899" } });
  await editor.call.labels.create({ projectId, name: "Bug", color: "#000000" });
  expect(await owner.call.labels.undo({ id, of })).toMatchObject({
    ...{ row: { name: "defect", color: "#778899" }, left: [id] },
  });
  await editor.call.labels.delete({ id });
  expect(await owner.call.labels.undo({ id, of })).toEqual({ row: null, left: [id] });

  // What stood second has gone last, and another has come to stand where it was.
  const [, moved, third] = statuses;
  const movedId = invariant(moved, "five").id;
  const order = async () => (await now()).statuses.map((status) => status.id);
  const before = await order();
  const move = uuidv7();
  await owner.call.statuses.update({ id: movedId, patch: { beforeId: null }, mutationId: move });
  const thirdId = invariant(third, "five").id;
  await editor.call.statuses.update({
    id: invariant(statuses[4], "five").id,
    patch: { beforeId: thirdId },
  });
  const { left } = await owner.call.statuses.undo({ id: movedId, of: move });
  expect(left).toEqual([]);
  const after = await order();
  expect(after.indexOf(movedId)).toBe(1);
  expect(after.toSorted()).toEqual(before.toSorted());
});

test("nobody undoes what another did, and what is for owners only owners", async () => {
  const { owner, editor, stranger } = team;
  const { id } = await makeProject();
  const of = uuidv7();
  await owner.call.projects.archive({ id, mutationId: of });
  expect(await editor.call.projects.undo({ id, of })).toMatchObject({
    ...{ row: { archivedAt: expect.any(Date) }, left: [] },
  });
  await expect(stranger.call.projects.undo({ id, of })).rejects.toMatchObject({
    reason: "not_found",
  });
  await owner.call.projects.setMember({ projectId: id, userId: editor.user.id, role: "owner" });
  const theirs = uuidv7();
  await editor.call.projects.restore({ id, mutationId: theirs });
  await owner.call.projects.removeMember({ projectId: id, userId: editor.user.id });
  expect(await editor.call.projects.undo({ id, of: theirs })).toMatchObject({
    ...{ row: { archivedAt: null }, left: [id] },
  });
});
