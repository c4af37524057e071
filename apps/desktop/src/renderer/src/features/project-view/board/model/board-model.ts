/** A board as it is drawn: lanes from top to bottom, in each the columns from left to right. */

import type { Names } from "@/entities/tasks/properties/property-view.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { byRank, type Group, groupTasks } from "@/features/project-view/query/group-tasks.ts";
import type { Grouping } from "@/features/project-view/query/view-search.ts";

export type Lane = {
  id: string;
  /** Null for the one lane of a board without swimlanes. */
  group: Group | null;
  /** By status id; a status without tasks has an empty list. */
  stacks: ReadonlyMap<string, readonly TaskView[]>;
};

export type BoardModel = { statuses: readonly Status[]; lanes: readonly Lane[] };

type Parts = Pick<Names, "people"> & { statuses: readonly Status[]; lanes: Grouping };

export function layOutBoard(tasks: Iterable<TaskView>, parts: Parts): BoardModel {
  const { statuses, lanes } = parts;
  if (lanes === "none") {
    return { statuses, lanes: [{ id: "", group: null, stacks: stacksOf(tasks, statuses) }] };
  }
  const groups = groupTasks(tasks, lanes, parts);
  return {
    statuses,
    lanes: groups.map((group) => ({
      id: group.id || "none",
      group,
      stacks: stacksOf(group.tasks, statuses),
    })),
  };
}

function stacksOf(tasks: Iterable<TaskView>, statuses: readonly Status[]) {
  const stacks = new Map<string, TaskView[]>(statuses.map(({ id }) => [id, []]));
  for (const task of tasks) stacks.get(task.statusId)?.push(task);
  for (const stack of stacks.values()) stack.sort(byRank);
  return stacks;
}

/** A place on the board: a lane, a column in it, and the card's number from the top. */
export type Place = { laneId: string; statusId: string; index: number };

export function placeOf(model: BoardModel, taskId: string): Place | null {
  for (const lane of model.lanes) {
    for (const [statusId, stack] of lane.stacks) {
      const index = stack.findIndex(({ id }) => id === taskId);
      if (index >= 0) return { laneId: lane.id, statusId, index };
    }
  }
  return null;
}

export function stackAt(model: BoardModel, place: Omit<Place, "index">): readonly TaskView[] {
  return model.lanes.find(({ id }) => id === place.laneId)?.stacks.get(place.statusId) ?? [];
}

/** How many tasks have this status, in all lanes. */
export const countOf = (model: BoardModel, statusId: string) =>
  model.lanes.reduce((sum, lane) => sum + (lane.stacks.get(statusId)?.length ?? 0), 0);
