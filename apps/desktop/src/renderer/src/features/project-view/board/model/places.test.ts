import { expect, it } from "vitest";
import { aTask, doing, done, todo } from "@/entities/tasks/testing-tasks.ts";
import { layOutBoard } from "./board-model.ts";
import { gapAt, neighboursAt, positionInGap, shiftFrom, stepFrom } from "./places.ts";

const [a, b, c] = [aTask({ rank: "a1" }), aTask({ rank: "a2" }), aTask({ rank: "a3" })];
const other = aTask({ statusId: "doing" });

it("names the neighbours as if the moved card were gone", () => {
  expect(neighboursAt([a, b, c], 0, other.id)).toEqual({ after: undefined, before: a });
  expect(neighboursAt([a, b, c], 3, other.id)).toEqual({ after: c, before: undefined });
  expect(neighboursAt([a, b, c], 1, a.id)).toEqual({ after: b, before: c });
  expect(neighboursAt([], 0, a.id)).toEqual({ after: undefined, before: undefined });
});

it("finds the gap nearest to the pointer", () => {
  const cards = [
    { start: 0, end: 100 },
    { start: 108, end: 208 },
  ];
  expect([-5, 49, 51, 157, 159, 900].map((y) => gapAt(cards, y))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(gapAt([], 40)).toBe(0);
});

it("offers no place to a card where it stands already", () => {
  expect([0, 1, 2, 3].map((gap) => positionInGap([a, b, c], gap, b.id))).toEqual([
    0,
    null,
    null,
    2,
  ]);
  expect(positionInGap([a, b, c], 2, other.id)).toBe(2);
});

const statuses = [todo, doing, done];
const people = new Map([["ada", { id: "ada", name: "Ada" }]]);
const open = {
  model: layOutBoard([a, b, c, other], { statuses, people, lanes: "none" }),
  statusIds: ["todo", "doing", "done"],
};
const at = (statusId: string, index: number) => ({ laneId: "", statusId, index });

it("walks over the cards, past empty columns", () => {
  expect(stepFrom(open, null, "down")).toEqual(at("todo", 0));
  expect(stepFrom(open, at("todo", 2), "right")).toEqual(at("doing", 0));
  expect(stepFrom(open, at("doing", 0), "right")).toBeNull();
  expect(stepFrom(open, at("todo", 2), "down")).toBeNull();
  expect(stepFrom(open, at("todo", 2), "up")).toEqual(at("todo", 1));
});

it("carries a card into an empty column too, and not over an end", () => {
  expect(shiftFrom(open, at("doing", 0), "right")).toEqual(at("done", 0));
  expect(shiftFrom(open, at("todo", 2), "right")).toEqual(at("doing", 1));
  expect(shiftFrom(open, at("todo", 0), "up")).toBeNull();
  expect(shiftFrom(open, at("todo", 0), "left")).toBeNull();
});

it("walks from lane to lane, to the next that has cards in the column", () => {
  const tasks = [aTask({ assigneeIds: ["ada"] }), aTask({ statusId: "doing" }), aTask({})];
  const lanes = {
    model: layOutBoard(tasks, { statuses, people, lanes: "assigneeIds" }),
    statusIds: open.statusIds,
  };
  expect(lanes.model.lanes.map(({ id }) => id)).toEqual(["ada", "none"]);
  const first = { laneId: "ada", statusId: "todo", index: 0 };
  expect(stepFrom(lanes, first, "down")).toEqual({ ...first, laneId: "none" });
  expect(stepFrom(lanes, { ...first, laneId: "none" }, "up")).toEqual(first);
});
