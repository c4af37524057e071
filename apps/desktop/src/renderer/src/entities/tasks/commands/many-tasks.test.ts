import { expect, it } from "vitest";
import { withChange } from "@/entities/tasks/properties/common-values.ts";
import { aTask } from "@/entities/tasks/testing-tasks.ts";
import { chunked, groupByPatch } from "./many-tasks.ts";

it("cuts a long list into what one call takes", () => {
  const ids = Array.from({ length: 1_201 }, (_, i) => i);
  expect(chunked(ids).map((chunk) => chunk.length)).toEqual([500, 500, 201]);
  expect(chunked([])).toEqual([]);
});

it("sends alike patches together, and none that changes nothing", () => {
  const tasks = [aTask({ labelIds: ["a"] }), aTask({ labelIds: [] }), aTask({ labelIds: ["b"] })];
  const groups = groupByPatch(tasks, (task) => ({
    labelIds: withChange(task.labelIds, [], ["b"]),
  }));
  expect(groups.map(({ patch, tasks: alike }) => [patch.labelIds, alike.length])).toEqual([
    [["a", "b"], 1],
    [["b"], 1],
  ]);
});
