import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
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

let made = 0;

async function makeBoard() {
  const { owner, editor, workspaceId } = team;
  const key = `H${++made}`;
  const { id: projectId } = await owner.call.projects.create({ workspaceId, name: key, key });
  /** As it is now, but for what is archived. */
  async function now() {
    const { statuses, labels, name } = await owner.call.projects.get({ id: projectId });
    const { items, seq } = await owner.call.tasks.list({ projectId, limit: 1_000 });
    return { seq, board: comparable({ name, statuses, labels, items }) };
  }
  async function at(seq: number) {
    const then = await editor.call.activity.boardAt({ projectId, moment: { seq } });
    const { project, statuses, labels, items } = then;
    return comparable({ name: project?.name, statuses, labels, items });
  }
  return { projectId, now, at };
}

type Part = { id: string };
const bare = (part: Part & { projectId?: string }) => ({ ...part, projectId: undefined });
const byId = (a: Part, b: Part) => (a.id < b.id ? -1 : 1);
type Board = { name: unknown; statuses: Part[]; labels: Part[]; items: Part[] };
/** Statuses in their order; labels and tasks have none of their own. */
const comparable = ({ name, statuses, labels, items }: Board) => ({
  name,
  statuses: statuses.map(bare),
  labels: labels.map(bare).sort(byId),
  items: [...items].sort(byId),
});

const step = fc.record({
  kind: fc.constantFrom(
    ...(["task", "title", "status", "move", "labels", "assign", "archive", "delete"] as const),
    ...(["restore", "comment", "newStatus", "dropStatus", "newLabel", "dropLabel"] as const),
    ...(["rename", "undo"] as const),
  ),
  n: fc.nat(50),
  isOwner: fc.boolean(),
});
type Step = { kind: string; n: number; isOwner: boolean };

test("the board as of a moment is the board that was recorded at that moment", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (script) => {
      const { projectId, now, at } = await makeBoard();
      const recorded = [await now()];
      const all: string[] = [];
      const done: { ids: string[]; of: string }[] = [];
      for (const each of script) {
        await play(each, { projectId, all, done }).catch((error: { reason?: string }) => {
          // What a random script asks for may not be there (any more).
          if (!error.reason) throw error;
        });
        recorded.push(await now());
      }
      for (const { seq, board } of recorded) expect(await at(seq)).toEqual(board);
    }),
    { numRuns: 12 },
  );
});

type Playing = { projectId: string; all: string[]; done: { ids: string[]; of: string }[] };

async function play({ kind, n, isOwner }: Step, { projectId, all, done }: Playing) {
  const { call } = isOwner ? team.owner : team.editor;
  const { statuses, labels } = await call.projects.get({ id: projectId });
  const [id = uuidv7(), other = uuidv7()] = [
    all[n % (all.length || 1)],
    all[(n + 1) % (all.length || 1)],
  ];
  const status = statuses[n % statuses.length]?.id ?? "";
  const next = statuses[(n + 1) % statuses.length]?.id ?? "";
  const label = labels[n % (labels.length || 1)]?.id;
  const mutationId = uuidv7();
  const update = async (patch: object) => {
    await call.tasks.update({ id, patch, mutationId });
    done.push({ ids: [id], of: mutationId });
  };
  const commands: Record<string, () => Promise<unknown>> = {
    task: async () =>
      all.push((await call.tasks.create({ projectId, title: `T${n}`, statusId: status })).id),
    title: () => update({ title: `Title ${n}` }),
    status: () => update({ statusId: status }),
    move: () => call.tasks.move({ id, statusId: status, mutationId }),
    labels: () =>
      update({ labelIds: label ? [label] : [], blockedByIds: other === id ? [] : [other] }),
    assign: () => update({ assigneeIds: n % 2 ? [team.viewer.user.id] : [] }),
    archive: () => call.tasks.archive({ id }),
    delete: () => call.tasks.delete({ id }),
    restore: () => call.tasks.restore({ id }),
    comment: () => call.comments.create({ taskId: id, body: "Hm" }),
    newStatus: () => call.statuses.create({ projectId, name: `S${n}`, category: "started" }),
    dropStatus: () => call.statuses.delete({ id: status, moveTo: next }),
    newLabel: () => call.labels.create({ projectId, name: `L${n}`, color: "#336699" }),
    dropLabel: () => call.labels.delete({ id: label ?? uuidv7() }),
    rename: () => call.projects.update({ id: projectId, patch: { name: `Name ${n}` } }),
    undo: async () => {
      const last = done.at(-1);
      if (last) await call.tasks.undo(last);
    },
  };
  await commands[kind]?.();
}

test("by a time it is what had happened until then; a page has a limit; viewers may not", async () => {
  const { owner, viewer } = team;
  const { projectId } = await makeBoard();
  for (const title of ["a", "b", "c"]) await owner.call.tasks.create({ projectId, title });
  const ask = (more: object) =>
    owner.call.activity.boardAt({ projectId, moment: { at: new Date() }, ...more });
  const first = await ask({ limit: 2 });
  const rest = await ask({ moment: { seq: first.seq }, cursor: first.nextCursor });
  expect([...first.items, ...rest.items].map(({ title }) => title)).toEqual(["a", "b", "c"]);
  expect(rest.nextCursor).toBeNull();
  const before = await ask({ moment: { at: new Date(0) } });
  expect(before).toMatchObject({ project: null, statuses: [], items: [] });
  const asked = { projectId, moment: { seq: first.seq } };
  await expect(viewer.call.activity.boardAt(asked)).rejects.toMatchObject({
    reason: "role_too_low",
  });
});

test("what the feed no longer knows is refused, not guessed", async () => {
  const owner = await api.person("Olaf");
  const { id: workspaceId } = await owner.call.workspaces.create({ name: "Old" });
  const { id: projectId } = await owner.call.projects.create({ workspaceId, name: "P", key: "PP" });
  const { workspaces } = schema;
  const { db } = api.services;
  await db.update(workspaces).set({ changeFloor: 4 }).where(eq(workspaces.id, workspaceId));
  const at = (seq: number) => owner.call.activity.boardAt({ projectId, moment: { seq } });
  await expect(at(3)).rejects.toMatchObject({ reason: "before_feed" });
  expect((await at(4)).seq).toBe(4);
  expect((await owner.call.activity.list({ workspaceId })).storedFrom).toBeInstanceOf(Date);
});
