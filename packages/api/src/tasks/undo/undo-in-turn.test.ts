import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardsOf, type Done, type UndoBoard, undo } from "../../../testing/undo-boards.ts";
import { invariant } from "../../core/errors.ts";
import type { TaskRow } from "../queries.ts";

let api: TestApi;
let team: Team;
let board: () => Promise<UndoBoard>;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  board = boardsOf(team);
});
afterAll(() => api.stop());

type Command = { who: 0 | 1; kind: number; picks: number[]; value: number };

const command: fc.Arbitrary<Command> = fc.record({
  who: fc.constantFrom(0, 1),
  kind: fc.nat(9),
  picks: fc.array(fc.nat(99), { minLength: 1, maxLength: 4 }),
  value: fc.nat(9_999),
});
const commands = fc.array(command, { minLength: 6, maxLength: 10 });
const runs = { numRuns: 5, endOnFailure: true };

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

/** A place that one gave, the other changed, and one gave again: found by chance once. */
const thereAndBack: Command[] = [
  { who: 1, kind: 0, picks: [46, 25, 97, 70], value: 6507 },
  { who: 1, kind: 2, picks: [14, 13, 70], value: 2592 },
  { who: 0, kind: 9, picks: [13], value: 4013 },
  { who: 0, kind: 2, picks: [93, 35, 48], value: 9304 },
  { who: 1, kind: 0, picks: [17], value: 4180 },
  { who: 1, kind: 8, picks: [55, 48], value: 8672 },
  { who: 0, kind: 3, picks: [65, 15], value: 5280 },
  { who: 1, kind: 7, picks: [84], value: 6329 },
];

/** A board on which two people do these commands in turn; `null` where one found nothing to do. */
async function play(world: UndoBoard, people: TestPerson[], script: readonly Command[]) {
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
    { ...runs, examples: [[thereAndBack]] },
  );
});

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
});
