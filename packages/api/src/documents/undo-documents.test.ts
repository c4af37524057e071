import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { base64, typed } from "@guildhall/testing/editor";
import { makeTeam, type Team } from "@guildhall/testing/team";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { invariant } from "../core/errors.ts";
import { storeFile } from "../files/upload/store-file.ts";
import type { DocumentRow } from "./queries.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

type Done = { who: TestPerson; id: string; of: string };

const undo = async ({ who, id, of }: Done) => {
  const mutationId = uuidv7();
  const answer = await who.call.documents.undo({ id, of, mutationId });
  return { ...answer, redo: { who, id, of: mutationId } };
};

/** Does it as one mutation, and says what was done for its undo. */
const act = async (who: TestPerson, id: string, run: (mutationId: string) => Promise<unknown>) => {
  const of = uuidv7();
  await run(of);
  return { who, id, of };
};

const update = (who: TestPerson, id: string, patch: { title?: string; icon?: string | null }) =>
  act(who, id, (mutationId) => who.call.documents.update({ id, patch, mutationId }));

let trees = 0;

/** A project of its own, so that nothing else stands among its documents. */
async function tree() {
  const { owner, workspaceId } = team;
  const key = `T${++trees}`;
  const { id: projectId } = await owner.call.projects.create({ workspaceId, name: key, key });
  const make = async (title: string, parentId: string | null = null, kind = "folder" as const) => {
    const place = parentId ? { parentId } : { projectId };
    return (await owner.call.documents.create({ workspaceId, ...place, title, kind })).id as string;
  };
  /** All that is to be the same again: place and order too. */
  const state = async () => {
    const { items } = await owner.call.documents.list({ workspaceId, limit: 1_000 });
    const lasting = (row: DocumentRow) => {
      const { version: _, updatedAt: __, updatedBy: ___, ...rest } = row;
      return rest;
    };
    const own = items.filter((row) => row.projectId === projectId);
    return new Map(own.map((row) => [row.id as string, lasting(row)] as const));
  };
  return { projectId, make, state };
}

const create = (who: TestPerson, projectId: string, parentId: string | null = null) => {
  const id = uuidv7();
  const place = parentId ? { parentId } : { projectId };
  const input = { id, workspaceId: team.workspaceId, ...place, title: "New" };
  return act(who, id, (mutationId) => who.call.documents.create({ ...input, mutationId }));
};

test("title, icon, archive and place come back, the order among siblings too, and are redone", async () => {
  const { owner } = team;
  const { documents } = owner.call;
  const { make, state } = await tree();
  const [a, b, c] = [await make("a"), await make("b"), await make("c")];
  const steps: ((mutationId: string) => Promise<unknown>)[] = [
    (mutationId) => documents.update({ id: c, patch: { title: "C", icon: "🐝" }, mutationId }),
    (mutationId) => documents.move({ id: c, projectId: null, parentId: a, mutationId }),
    (mutationId) => documents.archive({ id: c, mutationId }),
    (mutationId) => documents.delete({ id: c, mutationId }),
  ];
  for (const step of steps) {
    const before = await state();
    const done = await act(owner, c, step);
    const after = await state();
    expect(after).not.toEqual(before);
    const { redo, left } = await undo(done);
    expect(left).toEqual([]);
    expect(await state()).toEqual(before);
    await undo(redo);
    expect(await state()).toEqual(after);
    await undo(done);
  }
  const { projectId } = invariant((await state()).get(a), "there");
  const before = await state();
  const moved = await act(owner, c, (mutationId) =>
    documents.move({ id: c, projectId, beforeId: b, mutationId }),
  );
  expect((await undo(moved)).left).toEqual([]);
  expect(await state()).toEqual(before);
});

test("what somebody else has changed since stays, and is told; the rest goes back", async () => {
  const { owner, editor } = team;
  const { projectId, make, state } = await tree();
  const [a, b, c] = [await make("a"), await make("b"), await make("c")];
  const both = await update(owner, c, { title: "Mine", icon: "🐝" });
  await editor.call.documents.update({ id: c, patch: { title: "Theirs" } });
  expect(await undo(both)).toMatchObject({
    left: [c],
    documents: [{ id: c, title: "Theirs", icon: null }],
  });

  // Among the same siblings it stands elsewhere now.
  const reordered = await act(owner, c, (mutationId) =>
    owner.call.documents.move({ id: c, projectId, beforeId: a, mutationId }),
  );
  await editor.call.documents.move({ id: c, projectId, afterId: a });
  const theirs = await state();
  expect((await undo(reordered)).left).toEqual([c]);
  expect(await state()).toEqual(theirs);

  // Where it stood is in the bin.
  const inside = await make("inside", a);
  const out = await act(owner, inside, (mutationId) =>
    owner.call.documents.move({ id: inside, projectId, mutationId }),
  );
  await editor.call.documents.delete({ id: a });
  expect((await undo(out)).left).toEqual([inside]);

  const renamed = await update(owner, b, { title: "B" });
  await editor.call.documents.delete({ id: b });
  expect(await undo(renamed)).toMatchObject({ left: [b], deletedIds: [b], documents: [] });
});

test("nobody undoes what another did", async () => {
  const { owner, editor } = team;
  const { make, state } = await tree();
  const done = await update(owner, await make("a"), { title: "A" });
  const before = await state();
  expect((await undo({ ...done, who: editor })).left).toEqual([]);
  expect(await state()).toEqual(before);
});

test("a new document that somebody else has worked on since stays, and is told; else it goes", async () => {
  const { owner, editor } = team;
  const { projectId, make, state } = await tree();
  const { documents, threads } = editor.call;
  const file = { name: "a.txt", content: Buffer.from("A file.") };
  const writer = { services: api.services, actor: { user: editor.user }, path: "files.upload" };
  const push = (documentId: string) => {
    const update = base64(typed(new Y.Doc(), "Theirs"));
    return documents.push({ documentId, id: uuidv7(), update });
  };
  const said = { anchor: { from: "AQAA", to: "AQAB" }, quote: "words", comment: { body: "Hm" } };
  const works: Record<string, (id: string) => Promise<unknown>> = {
    title: (id) => documents.update({ id, patch: { title: "Theirs" } }),
    text: push,
    comment: (documentId) => threads.begin({ documentId, ...said }),
    "one below": (id) => create(editor, projectId, id),
    "moved below": async (parentId) => documents.move({ id: await make("Other"), parentId }),
    file: (documentId) => storeFile(writer, { ...file, place: { documentId } }),
  };
  for (const [name, work] of Object.entries(works)) {
    const done = await create(owner, projectId);
    await work(done.id);
    const { redo, ...answer } = await undo(done);
    expect(answer, name).toMatchObject({ documents: [{ id: done.id }], left: [done.id] });
    expect(await undo(redo), name).toMatchObject({ documents: [{ id: done.id }], left: [] });
  }
  // One's own work on it, and what the other has taken back, keep it from nothing.
  const before = await state();
  const done = await create(owner, projectId);
  await owner.call.documents.push({
    documentId: done.id,
    id: uuidv7(),
    update: base64(typed(new Y.Doc(), "Mine")),
  });
  await undo(await update(editor, done.id, { icon: "🐝" }));
  await undo(await create(editor, projectId, done.id));
  const { redo, ...gone } = await undo(done);
  expect(gone).toMatchObject({ deletedIds: [done.id], left: [] });
  expect(await state()).toEqual(before);
  // Done again and written in, it stays as well.
  const again = await undo(redo);
  expect(again.documents).toMatchObject([{ id: done.id }]);
  await push(done.id);
  expect(await undo(again.redo)).toMatchObject({ deletedIds: [], left: [done.id] });
});

type Command = { who: 0 | 1; kind: number; pick: number; other: number };

const command: fc.Arbitrary<Command> = fc.record({
  who: fc.constantFrom(0, 1),
  kind: fc.nat(8),
  pick: fc.nat(99),
  other: fc.nat(99),
});
const commands = fc.array(command, { minLength: 6, maxLength: 12 });
const runs = { numRuns: 6, endOnFailure: true };

type Tree = Awaited<ReturnType<typeof tree>>;

/** Two people do these in turn in a small tree; what is refused was not done. */
async function play(world: Tree, people: TestPerson[], script: readonly Command[]) {
  const { projectId, make, state } = world;
  const top = await make("top");
  for (const title of ["a", "b"]) await make(title, top);
  await make("c", await make("d"));
  const initial = await state();
  const done: Done[] = [];
  for (const [n, { who: index, kind, pick, other }] of script.entries()) {
    const who = invariant(people[index], "one of two");
    const { documents } = who.call;
    const rows = [...(await state()).values()];
    // A deletion takes what is below along: with all of it nothing is left to work on.
    if (rows.length === 0) break;
    const { id } = invariant(rows[pick % rows.length], "some are left");
    const beside = invariant(rows[other % rows.length], "some are left");
    const kinds: ((mutationId: string) => Promise<unknown>)[] = [
      (mutationId) => documents.update({ id, patch: { title: `by ${index} at ${n}` }, mutationId }),
      (mutationId) => documents.update({ id, patch: { icon: `${n}` }, mutationId }),
      (mutationId) => documents.move({ id, parentId: beside.id, mutationId }),
      (mutationId) => {
        const { parentId } = beside;
        const place = parentId ? { parentId } : { projectId };
        return documents.move({ id, ...place, afterId: beside.id, mutationId });
      },
      (mutationId) => documents.archive({ id, mutationId }),
      (mutationId) => documents.restore({ id, mutationId }),
      (mutationId) => documents.update({ id, patch: { isTemplate: other % 2 === 0 }, mutationId }),
    ];
    const run = kinds[kind];
    if (run) {
      const step = await act(who, id, run).catch(() => null);
      if (step) done.push(step);
    } else if (kind === 7) done.push(await create(who, projectId, other % 2 ? id : null));
    else if (rows.length > 4) {
      done.push(await act(who, id, (mutationId) => documents.delete({ id, mutationId })));
    }
  }
  return { initial, done };
}

test("two people work in turn; all undone in reverse is as at first, all redone as before", async () => {
  const people = [team.owner, team.editor];
  await fc.assert(
    fc.asyncProperty(commands, async (script) => {
      const world = await tree();
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
});

const overwritten: Command[] = [
  { who: 0, kind: 2, pick: 0, other: 0 },
  { who: 1, kind: 1, pick: 5, other: 0 },
  { who: 0, kind: 1, pick: 5, other: 0 },
];

test("one undoes all of theirs: nothing that the other wrote or made is lost", async () => {
  const people = [team.owner, team.editor];
  await fc.assert(
    fc.asyncProperty(commands, async (script) => {
      const world = await tree();
      // No deletion: it takes what others have put below it along.
      const edits = script.map((each) => ({ ...each, kind: [0, 1, 7, 2, 3][each.kind % 5] ?? 0 }));
      const { initial, done } = await play(world, people, edits);
      const final = await world.state();
      const [mine, theirs] = people.map((who) => done.filter((each) => each.who === who));
      for (const each of invariant(mine, "the first").toReversed()) await undo(each);
      const now = await world.state();
      const titleAt = /^by (\d) at/;
      for (const [id, { title }] of final) {
        const isTheirs = invariant(theirs, "the second").some((each) => each.id === id);
        if (!isTheirs) continue;
        const by = titleAt.exec(title)?.[1];
        if (by === "1") expect(now.get(id)?.title).toBe(title);
        expect(now.has(id)).toBe(true);
      }
      for (const id of initial.keys()) expect(now.has(id)).toBe(true);
    }),
    // What the other gave it was written over, and that is taken back first: it is the other's again.
    { ...runs, examples: [[overwritten]] },
  );
});
