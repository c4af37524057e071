import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, openProject, textFile } from "@guildhall/testing/imports";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Item = { id: string; name: string; state?: string; due?: string; idMember?: string };
const board = (items: Item[], lists = [{ id: "K1", name: "Steps" }]) => ({
  name: "Smithy",
  lists: [{ id: "L1", name: "To do", pos: 1 }],
  members: [{ id: "M1", fullName: "Olga" }],
  cards: [{ id: "5ca697c18531027d0024d962", idShort: 1, idList: "L1", name: "Horseshoes" }],
  checklists: lists.map(({ id, name }, pos) => ({
    ...{ id, name, pos, idCard: "5ca697c18531027d0024d962" },
    checkItems: pos === 0 ? items.map((item, at) => ({ pos: at, ...item })) : [],
  })),
});

async function setUp() {
  const { owner, projectId } = await openProject(api);
  const bring = (value: unknown) =>
    importFiles(api, owner, {
      projectId,
      files: [textFile("board.json", JSON.stringify(value))],
    });
  const shown = async () => {
    const [task] = await allTasks(owner, projectId);
    const { checklists, items } = await owner.call.checklists.list({ taskId: task?.id ?? "" });
    const titles = checklists.map(({ title }) => title);
    const { checklistDone, checklistTotal } = task ?? {};
    const texts = items.map(({ text, doneAt }) => (doneAt ? "✓" : "") + text);
    return { titles, items, texts, counts: `${checklistDone}/${checklistTotal}` };
  };
  return { owner, bring, shown };
}

test("a board's checklists are those of its tasks, and another import brings what changed there", async () => {
  const { owner, bring, shown } = await setUp();
  const heat = { id: "I1", name: "heat", state: "complete" };
  const quench = { id: "I2", name: "quench", due: "2019-05-02T10:00:00.000Z", idMember: "M1" };
  const [file, hone] = [
    { id: "I3", name: "file" },
    { id: "I4", name: "hone" },
  ];
  await bring(board([heat, quench, file, hone]));
  const first = await shown();
  expect(first).toMatchObject({
    ...{ titles: ["Steps"], texts: ["✓heat", "quench", "file", "hone"], counts: "1/4" },
  });
  expect(first.items[1]).toMatchObject({ assigneeId: owner.user.id, dueDate: "2019-05-02" });

  // Here one is renamed, one is deleted.
  const { call } = owner;
  await call.checklists.updateItem({ id: first.items[2]?.id ?? "", patch: { text: "file it" } });
  await call.checklists.deleteItem({ id: first.items[3]?.id ?? "" });
  const ticked = [quench, file, hone].map((item) => ({ ...item, state: "complete" }));
  const more = [
    { id: "K1", name: "Steps" },
    { id: "K2", name: "After" },
  ];
  await bring(board([heat, ...ticked, { id: "I5", name: "nail" }], more));
  expect(await shown()).toMatchObject({
    titles: ["Steps", "After"],
    texts: ["✓heat", "✓quench", "file it", "nail"],
    counts: "2/4",
  });
  const { items } = await shown();
  const mutationId = "01980000-0000-7000-8000-000000000001";
  const id = items[3]?.id ?? "";
  await call.checklists.updateItem({ id, patch: { isDone: true }, mutationId });
  expect((await call.checklists.undoItems({ ids: [id], of: mutationId })).left).toEqual([]);
  expect((await shown()).counts).toBe("2/4");
});

test("what is too much is left out, and said", async () => {
  const { bring, shown } = await setUp();
  const many = Array.from({ length: 501 }, (_, i) => ({ id: `I${i}`, name: `item ${i}` }));
  const { report } = await bring(board(many));
  expect(report?.problems).toMatchObject([
    { field: "checklists", message: expect.stringContaining("1 were left out") },
  ]);
  expect((await shown()).counts).toBe("0/500");
});
