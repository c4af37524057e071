import { expect, it } from "vitest";
import { aTask, doing, done, todo } from "@/entities/tasks/testing-tasks.ts";
import { groupsOf, headerOf, idsBetween, rowsOf, stepRow } from "./list-rows.ts";

const parts = { statuses: [todo, doing, done], people: new Map(), sorting: "manual" as const };
const late = aTask({ id: "late", rank: "a2" });
const early = aTask({ id: "early", rank: "a1" });
const other = aTask({ id: "other", statusId: "done", rank: "a0" });
const groups = groupsOf([late, early, other], { ...parts, grouping: "statusId" });
const rows = rowsOf(groups, new Set());

it("draws a header before each group's tasks, which stand in their order", () => {
  expect(rows.map(({ key }) => key)).toEqual([
    "group:todo",
    "early",
    "late",
    "group:done",
    "other",
  ]);
});

it("draws only the header of a folded group, and none without grouping", () => {
  expect(rowsOf(groups, new Set(["todo"])).map(({ key }) => key)).toEqual([
    "group:todo",
    "group:done",
    "other",
  ]);
  const flat = groupsOf([other, late, early], { ...parts, grouping: "none" });
  expect(rowsOf(flat, new Set()).map(({ key }) => key)).toEqual(["early", "late", "other"]);
});

it("steps over headers and stops at the ends", () => {
  expect(stepRow(rows, -1, 1)).toBe(1);
  expect(stepRow(rows, 2, 1)).toBe(4);
  expect(stepRow(rows, 4, 1)).toBe(4);
  expect(stepRow(rows, 1, -1)).toBe(1);
});

it("takes the tasks of a stretch from either end", () => {
  expect(idsBetween(rows, 4, 2)).toEqual(["late", "other"]);
  expect(idsBetween(rows, 2, 4)).toEqual(["late", "other"]);
});

it("knows the header above a line", () => {
  expect([0, 2, 3, 4].map((index) => headerOf(rows, index))).toEqual([0, 0, 3, 3]);
  expect(headerOf([], 0)).toBeNull();
});
