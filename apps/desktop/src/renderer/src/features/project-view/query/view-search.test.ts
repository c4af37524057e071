import { expect, it } from "vitest";
import { readViewSearch, writeViewSearch } from "./view-search.ts";

it("gives a plain view a plain address", () => {
  expect(writeViewSearch(readViewSearch({}))).toEqual({});
});

it("reads back what it wrote", () => {
  const raw = {
    q: "upload",
    assignee: "u1,none",
    priority: "high,urgent",
    due: "overdue",
    archived: "shown",
    lanes: "assignee",
    sort: "due",
  } as const;
  expect(writeViewSearch(readViewSearch(raw))).toEqual(raw);
});

it("leaves out what it does not understand, and takes a number for the text it was", () => {
  const search = readViewSearch({
    q: 12,
    priority: "high,loud",
    sort: { by: "x" },
    archived: true,
  });
  expect(search).toMatchObject({
    text: "12",
    values: { priority: ["high"] },
    sorting: "manual",
    archived: false,
  });
});
