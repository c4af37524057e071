import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invariant } from "../core/errors.ts";
import { storeFile } from "../files/store-file.ts";
import type { TaskPatch } from "./fields.ts";
import type { TaskRow } from "./queries.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

type Done = { who: TestPerson; ids: string[]; of: string };

const undo = async ({ who, ids, of }: Done) => {
  const mutationId = uuidv7();
  const answer = await who.call.tasks.undo({ ids, of, mutationId });
  return { ...answer, redo: { who, ids, of: mutationId } };
};

const attach = ({ user }: TestPerson, place: { taskId: string }) =>
  storeFile(
    { services: api.services, actor: { user }, path: "files.upload" },
    { name: "a.txt", place, content: Buffer.from("A file.") },
  );

let boards = 0;

async function board() {
  const { owner, workspaceId } = team;
  const { call } = owner;
  const key = `B${++boards}`;
  const project = await call.projects.create({ workspaceId, name: key, key });
  const projectId = project.id;
  const label = async (name: string) => {
    const id = uuidv7();
    await call.labels.create({ id, projectId, name, color: "#336699" });
    return { id };
  };
  const statusOf = (category: string) =>
    invariant(
      project.statuses.find((s) => s.category === category),
      category,
    ).id;
  /** All that is to be the same again: place, order and moments too. */
  const state = async () => {
    const { items } = await call.tasks.list({ projectId, archived: true, limit: 1_000 });
    const lasting = ({ version: _, updatedAt: __, ...row }: TaskRow) => row;
    return new Map(items.map((row) => [row.id, lasting(row)] as const));
  };
  const task = (title: string, more: Partial<TaskPatch> = {}) =>
    call.tasks.create({ projectId, title, ...more });
  /** Does it as one mutation, and says what was done for its undo. */
  const act = async (
    who: TestPerson,
    ids: string[],
    run: (mutationId: string) => Promise<unknown>,
  ): Promise<Done> => {
    const of = uuidv7();
    await run(of);
    return { who, ids, of };
  };
  const update = (who: TestPerson, ids: string[], patch: TaskPatch) =>
    act(who, ids, (mutationId) => who.call.tasks.updateMany({ ids, patch, mutationId }));
  /** Each of the two people's own. */
  const labels = [await label("one"), await label("two")];
  return { project, projectId, labels, label, statusOf, state, task, act, update };
}

test("a status set for many comes back with every card in its place, and redone as it was", async () => {
  const { owner } = team;
  const { state, task, update, statusOf } = await board();
  const made = [await task("a"), await task("b"), await task("c"), await task("d")];
  const ids = made.slice(0, 3).map(({ id }) => id);
  const before = await state();
  const done = await update(owner, ids, { statusId: statusOf("completed") });
  const after = await state();
  const { redo, left } = await undo(done);
  expect(await state()).toEqual(before);
  expect(left).toEqual([]);
  const again = await undo(redo);
  expect(await state()).toEqual(after);
  await undo(again.redo);
  expect(await state()).toEqual(before);
});

test("what was archived stays archived when its deletion is undone, by undo and by restore", async () => {
  const { owner } = team;
  const { state, task, act } = await board();
  const { id } = await task("Old");
  await owner.call.tasks.archive({ id });
  const before = await state();
  const remove = () =>
    act(owner, [id], (mutationId) => owner.call.tasks.deleteMany({ ids: [id], mutationId }));
  const { redo } = await undo(await remove());
  expect(await state()).toEqual(before);
  const again = await undo(redo);
  expect(again).toMatchObject({ tasks: [], deletedIds: [id] });
  await owner.call.tasks.restore({ id });
  expect(await state()).toEqual(before);
  // Archived a second time among others: its own moment comes back.
  const archive = await act(owner, [id], (mutationId) =>
    owner.call.tasks.archiveMany({ ids: [id], mutationId }),
  );
  await undo(archive);
  expect(await state()).toEqual(before);
});

test("the moment of completion comes back, and a new task goes and comes with its number", async () => {
  const { owner } = team;
  const { projectId, state, task, act, update, statusOf } = await board();
  const { id } = await task("Done long ago", { statusId: statusOf("completed") });
  const before = await state();
  await undo(await update(owner, [id], { statusId: statusOf("started") }));
  expect(await state()).toEqual(before);
  const newId = uuidv7();
  const created = await act(owner, [newId], (mutationId) =>
    owner.call.tasks.create({ projectId, id: newId, title: "New", mutationId }),
  );
  const after = await state();
  const { redo } = await undo(created);
  expect(await state()).toEqual(before);
  await undo(redo);
  expect(await state()).toEqual(after);
});

test("what somebody else has changed since stays, and is told; the rest goes back", async () => {
  const { owner, editor } = team;
  const { state, task, update, statusOf, label } = await board();
  const { id } = await task("Plan");
  const [bug, ui] = [await label("bug"), await label("ui")];
  const patch = { title: "Mine", priority: "high" as const, labelIds: [bug.id] };
  const done = await update(owner, [id], patch);
  await editor.call.tasks.update({ id, patch: { title: "Theirs", labelIds: [bug.id, ui.id] } });
  const { left, tasks } = await undo(done);
  expect(left).toEqual([id]);
  expect(tasks).toMatchObject([{ title: "Theirs", priority: "none", labelIds: [ui.id] }]);

  const moved = await update(owner, [id], { statusId: statusOf("completed") });
  await editor.call.tasks.move({ id, statusId: statusOf("started") });
  const theirs = await state();
  expect((await undo(moved)).left).toEqual([id]);
  expect(await state()).toEqual(theirs);

  const edited = await update(owner, [id], { estimate: 5 });
  await editor.call.tasks.delete({ id });
  expect(await undo(edited)).toMatchObject({ left: [id], deletedIds: [id] });
  expect((await state()).has(id)).toBe(false);
});

test("nobody undoes what another did; a label that was deleted does not come back", async () => {
  const { owner, editor } = team;
  const { state, task, update, label } = await board();
  const { id } = await task("Plan");
  const bug = await label("bug");
  await owner.call.tasks.update({ id, patch: { labelIds: [bug.id] } });
  const done = await update(owner, [id], { labelIds: [], title: "Without" });
  const before = await state();
  await undo({ ...done, who: editor });
  expect(await state()).toEqual(before);
  await owner.call.labels.delete({ id: bug.id });
  expect(await undo(done)).toMatchObject({
    left: [id],
    tasks: [{ title: "Plan", labelIds: [] }],
  });
});

test("a new task that somebody else has worked on since stays, and is told; else it goes", async () => {
  const { owner, editor } = team;
  const world = await board();
  const { projectId, task, act } = world;
  const { call } = editor;
  const create = async () => {
    const id = uuidv7();
    const done = await act(owner, [id], (mutationId) =>
      owner.call.tasks.create({ projectId, id, title: "New", mutationId }),
    );
    return { id, done };
  };
  const works: Record<string, (id: string) => Promise<unknown>> = {
    title: (id) => call.tasks.update({ id, patch: { title: "Theirs" } }),
    description: (id) => call.tasks.update({ id, patch: { description: "Theirs" } }),
    comment: (taskId) => call.comments.create({ taskId, body: "A word" }),
    subtask: (parentId) => call.tasks.create({ projectId, title: "Part", parentId }),
    "moved below": async (parentId) =>
      call.tasks.update({ id: (await task("Other")).id, patch: { parentId } }),
    file: (taskId) => attach(editor, { taskId }),
  };
  for (const [name, work] of Object.entries(works)) {
    const { id, done } = await create();
    await work(id);
    const { redo, ...said } = await undo(done);
    expect(said, name).toMatchObject({ tasks: [{ id }], deletedIds: [], left: [id] });
    // What changed nothing is not done again either.
    expect(await undo(redo), name).toMatchObject({ tasks: [{ id }], left: [] });
  }
  // One's own work on it, and what the other has taken back, keep it from nothing.
  const { id, done } = await create();
  await owner.call.tasks.update({ id, patch: { title: "Mine" } });
  await owner.call.comments.create({ taskId: id, body: "Mine" });
  await undo(await world.update(editor, [id], { priority: "high" }));
  const said = await call.comments.create({ taskId: id, body: "Theirs" });
  await call.comments.delete({ id: said.id });
  const { redo, ...gone } = await undo(done);
  expect(gone).toMatchObject({ tasks: [], deletedIds: [id], left: [] });
  // Done again and worked on, it stays as well.
  const again = await undo(redo);
  expect(again.tasks).toMatchObject([{ id, title: "Mine" }]);
  await call.comments.create({ taskId: id, body: "There again?" });
  expect(await undo(again.redo)).toMatchObject({ deletedIds: [], left: [id] });
});

type Command = { who: 0 | 1; kind: number; picks: number[]; value: number };

const command: fc.Arbitrary<Command> = fc.record({
  who: fc.constantFrom(0, 1),
  kind: fc.nat(9),
  picks: fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
  value: fc.nat(9_999),
});
const commands = fc.array(command, { minLength: 6, maxLength: 10 });
const runs = { numRuns: 5, endOnFailure: true };

type Board = Awaited<ReturnType<typeof board>>;

const fields = ["title", "estimate", "statusId", "rank"] as const;

/** What these mutations made of each field that they changed, from the feed. */
async function lastWritten(seq: number, done: Done[]) {
  const { changes } = await team.owner.call.changes.since({ workspaceId: team.workspaceId, seq });
  const known = new Map<string, TaskRow>();
  const written = new Map<string, unknown>();
  for (const { entity, id, row, mutationId } of changes) {
    if (entity !== "task" || !row) continue;
    const was = known.get(id);
    known.set(id, row);
    if (!was || !done.some(({ of }) => of === mutationId)) continue;
    const isMoved = was.rank !== row.rank || was.statusId !== row.statusId;
    for (const field of fields) {
      const isPlace = field === "statusId" || field === "rank";
      if (isPlace ? isMoved : was[field] !== row[field]) written.set(`${id} ${field}`, row[field]);
    }
  }
  return written;
}

/** A board on which two people do these commands in turn; `null` where one found nothing to do. */
async function play(world: Board, people: TestPerson[], script: readonly Command[]) {
  const { project, projectId, state, act, update } = world;
  const { labels } = world;
  for (let i = 0; i < 7; i++) {
    const status = project.statuses[i % project.statuses.length];
    await world.task(`t${i}`, { statusId: invariant(status, "a status").id });
  }
  const initial = await state();
  const done: Done[] = [];
  for (const [n, { who: index, kind, picks, value }] of script.entries()) {
    const who = invariant(people[index], "one of two");
    const rows = [...(await state()).values()];
    const chosen = picks.map((pick) => invariant(rows[pick % rows.length], "a task"));
    const ids = [...new Set(chosen.map(({ id }) => id))];
    const [first] = chosen;
    const { id, labelIds } = invariant(first, "at least one");
    const { id: statusId } = invariant(
      project.statuses[value % project.statuses.length],
      "a status",
    );
    const label = invariant(labels[index], "one each").id;
    const { tasks } = who.call;
    if (kind === 0) done.push(await update(who, ids, { title: `by ${index} at ${n}` }));
    if (kind === 1) done.push(await update(who, ids, { estimate: n + 1 + value / 10_000 }));
    if (kind === 2 || kind === 3) done.push(await update(who, ids, { statusId }));
    if (kind === 4) {
      const [beside] = rows.filter((row) => row.statusId === statusId && row.id !== id);
      const to = {
        id,
        statusId,
        ...(beside && { [value % 2 ? "afterId" : "beforeId"]: beside.id }),
      };
      done.push(await act(who, [id], (mutationId) => tasks.move({ ...to, mutationId })));
    }
    if (kind === 5) {
      const has = labelIds.includes(label);
      const next = has ? labelIds.filter((each) => each !== label) : [...labelIds, label];
      done.push(await update(who, [id], { labelIds: next }));
    }
    if (kind === 6) {
      done.push(await act(who, ids, (mutationId) => tasks.archiveMany({ ids, mutationId })));
    }
    if (kind === 7) {
      done.push(await act(who, ids, (mutationId) => tasks.restoreMany({ ids, mutationId })));
    }
    if (kind === 8 && rows.length > ids.length + 2) {
      done.push(await act(who, ids, (mutationId) => tasks.deleteMany({ ids, mutationId })));
    }
    if (kind === 9) {
      const input = { id: uuidv7(), projectId, statusId, title: `new at ${n}` };
      done.push(await act(who, [input.id], (mutationId) => tasks.create({ ...input, mutationId })));
    }
  }
  return { initial, done };
}

test("two people work in turn; all undone in reverse is as at first, all redone as before", async () => {
  const people = [team.owner, team.editor];
  await fc.assert(
    fc.asyncProperty(commands, async (script) => {
      const world = await board();
      const { initial, done } = await play(world, people, script);
      const final = await world.state();
      const redos: Done[] = [];
      for (const each of done.toReversed()) redos.unshift((await undo(each)).redo);
      expect(await world.state()).toEqual(initial);
      for (const each of redos) await undo(each);
      expect(await world.state()).toEqual(final);
    }),
    runs,
  );
}, 300_000);

test("one undoes all of theirs: theirs is gone, and nothing that the other wrote is lost", async () => {
  const people = [team.owner, team.editor];
  await fc.assert(
    fc.asyncProperty(commands, async (script) => {
      const world = await board();
      const seq = await team.position();
      // Edits only: what is done to a task that another has deleted is another test.
      const edits = script.map((each) => ({ ...each, kind: [0, 1, 2, 4, 5][each.kind % 5] ?? 0 }));
      const { initial, done } = await play(world, people, edits);
      const theirs = await lastWritten(
        seq,
        done.filter(({ who }) => who === people[1]),
      );
      const labels = await world.state();
      const mine = done.filter(({ who }) => who === people[0]);
      for (const each of mine.toReversed()) await undo(each);
      for (const [id, row] of await world.state()) {
        const wanted = fields.map((field) =>
          theirs.has(`${id} ${field}`) ? theirs.get(`${id} ${field}`) : initial.get(id)?.[field],
        );
        expect(fields.map((field) => row[field])).toEqual(wanted);
        const { id: own } = invariant(world.labels[1], "theirs");
        expect(row.labelIds).toEqual(labels.get(id)?.labelIds.filter((each) => each === own));
      }
    }),
    runs,
  );
}, 300_000);
