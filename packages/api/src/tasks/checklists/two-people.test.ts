/** Two people at one task's checklists, in random order: what holds whatever they do. */
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const kinds = ["add", "tick", "text", "move", "delete", "list", "moveList", "deleteList"] as const;
const step = fc.record({
  kind: fc.constantFrom(...kinds, ...(["undo", "both"] as const)),
  n: fc.nat(50),
  m: fc.nat(50),
  isOwner: fc.boolean(),
});
type Step = { kind: string; n: number; m: number; isOwner: boolean };
type Done = { isOwner: boolean; of: string; ids: string[]; isList: boolean };

const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % (all.length || 1)];

const shown = async (taskId: string) => {
  const { checklists, items } = await team.viewer.call.checklists.list({ taskId });
  return checklists.map((list) => ({
    ...list,
    items: items.filter(({ checklistId }) => checklistId === list.id),
  }));
};

async function play({ kind, n, m, isOwner }: Step, taskId: string, done: Done[]) {
  const { checklists: call } = (isOwner ? team.owner : team.editor).call;
  const lists = await shown(taskId);
  const items = lists.flatMap((list) => list.items);
  const [list, item, other] = [pick(lists, n), pick(items, n), pick(items, m)];
  const mutationId = uuidv7();
  const note = (ids: string[], isList = false) =>
    done.push({ isOwner, of: mutationId, ids, isList });
  const id = item?.id ?? "";
  if (kind === "list") {
    note([(await call.create({ taskId, title: `L${n}`, mutationId })).id], true);
  } else if (kind === "moveList" && list) {
    await call.move({ id: list.id, afterId: pick(lists, m)?.id, mutationId });
    note([list.id], true);
  } else if (kind === "deleteList" && list) {
    await call.delete({ id: list.id, mutationId });
    note([list.id], true);
  } else if (kind === "add" && list) {
    const asked = { checklistId: list.id, items: [{ text: `a${n}` }, { text: `b${n}` }] };
    const made = await call.addItems({ ...asked, afterId: other?.id, mutationId });
    note(made.map((each) => each.id));
  } else if (kind === "undo") {
    const last = done.filter((each) => each.isOwner === isOwner).at(-1);
    if (!last) return;
    const { of, ids, isList } = last;
    if (isList) await call.undo({ id: ids[0] ?? "", of, mutationId });
    else await call.undoItems({ ids, of, mutationId });
    done.splice(done.indexOf(last), 1, { ...last, of: mutationId });
  } else if (item) {
    if (kind === "tick") await call.updateItem({ id, patch: { isDone: n % 2 > 0 }, mutationId });
    else if (kind === "text") await call.updateItem({ id, patch: { text: `t${m}` }, mutationId });
    else if (kind === "delete") await call.deleteItem({ id, mutationId });
    else if (kind === "move" && other) {
      const checklistId = other.checklistId;
      await call.moveItem({ id, checklistId, afterId: other.id, mutationId });
      // It stands directly behind that one, whatever else there is.
      const now = (await shown(taskId)).find((each) => each.id === checklistId)?.items ?? [];
      const at = now.findIndex((each) => each.id === id);
      if (other.id !== id) expect(now[at - 1]?.id).toBe(other.id);
    } else return;
    note([id]);
  }
}

async function playAll(script: readonly Step[], taskId: string) {
  const done: Done[] = [];
  for (const each of script) {
    const playing =
      each.kind === "both"
        ? // At once, into the same gap.
          [true, false].map((isOwner) => play({ ...each, kind: "add", isOwner }, taskId, done))
        : [play(each, taskId, done)];
    await Promise.all(playing).catch((error: { reason?: string }) => {
      // What a random script asks for may not be there (any more).
      if (!error.reason) throw error;
    });
    const lists = await shown(taskId);
    for (const { items } of lists) {
      const ranks = items.map(({ rank }) => rank);
      expect(new Set(ranks).size, "no two of one checklist have one rank").toBe(ranks.length);
    }
    const items = lists.flatMap((list) => list.items);
    expect(await team.viewer.call.tasks.get({ id: taskId })).toMatchObject({
      checklistTotal: items.length,
      checklistDone: items.filter(({ doneAt }) => doneAt).length,
    });
  }
}

test("ranks stay apart and the numbers on the card right, whatever two people do and undo", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (script) => {
      const { id } = await team.task();
      await team.owner.call.checklists.create({ taskId: id, title: "First" });
      await playAll(script, id);
    }),
    { numRuns: 25 },
  );
});

test("undoing all that one has done, while another worked, takes nothing of theirs away", async () => {
  const { owner, editor } = team;
  const { id: taskId } = await team.task();
  const mine = (of: string) => ({ mutationId: of });
  const [made, added, ticked, moved] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const { id } = await owner.call.checklists.create({ taskId, title: "Doors", ...mine(made) });
  const items = [{ text: "Oil" }, { text: "Paint" }];
  const [oil, paint] = await owner.call.checklists.addItems({
    checklistId: id,
    items,
    ...mine(added),
  });
  if (!oil || !paint) throw new Error("added");
  await owner.call.checklists.updateItem({ id: oil.id, patch: { isDone: true }, ...mine(ticked) });
  await owner.call.checklists.moveItem({ id: oil.id, afterId: paint.id, ...mine(moved) });
  await editor.call.checklists.updateItem({ id: oil.id, patch: { text: "Grease" } });
  const undo = (ids: string[], of: string) => owner.call.checklists.undoItems({ ids, of });
  expect((await undo([oil.id], moved)).left).toEqual([]);
  expect((await undo([oil.id], ticked)).left).toEqual([]);
  expect((await shown(taskId))[0]?.items).toMatchObject([
    { text: "Grease", doneAt: null },
    { text: "Paint" },
  ]);
  // Somebody else has changed it: it stays; the other one goes.
  const undone = await undo([oil.id, paint.id], added);
  expect(undone).toMatchObject({ left: [oil.id], deletedIds: [paint.id] });
  expect((await owner.call.checklists.undo({ id, of: made })).left).toEqual([id]);
  expect((await shown(taskId))[0]?.items).toMatchObject([{ text: "Grease" }]);
});
