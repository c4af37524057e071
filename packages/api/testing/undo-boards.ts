/** Boards on which things are done, undone and done again, for the tests of undo. */

import type { TestPerson } from "@guildhall/testing/api";
import type { Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { invariant } from "../src/core/errors.ts";
import type { TaskPatch } from "../src/tasks/fields.ts";
import type { TaskRow } from "../src/tasks/queries.ts";

export type Done = { who: TestPerson; ids: string[]; of: string };

export const undo = async ({ who, ids, of }: Done) => {
  const mutationId = uuidv7();
  const answer = await who.call.tasks.undo({ ids, of, mutationId });
  return { ...answer, redo: { who, ids, of: mutationId } };
};

export type UndoBoard = Awaited<ReturnType<typeof board>>;

/** One more project of the team, with two labels. */
export const boardsOf = (team: Team) => {
  let boards = 0;
  return () => board(team, `B${++boards}`);
};

async function board({ owner, workspaceId }: Team, key: string) {
  const { call } = owner;
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
