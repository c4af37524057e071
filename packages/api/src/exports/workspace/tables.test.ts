import { schema } from "@guildhall/db";
import { expect, test } from "vitest";
import { erasureOrder, tableName } from "../../erasure/erasure-plan.ts";
import { carried, leftBehind, referencesOf } from "./tables.ts";

test("of each table that belongs to a workspace it is decided whether it goes along", () => {
  const decided = [...carried.map(({ table }) => table), ...leftBehind.keys()];
  const names = (tables: Parameters<typeof tableName>[0][]) => tables.map(tableName).sort();
  expect(names(decided)).toEqual(names(erasureOrder(schema.workspaces)));
});

test("what a row refers to stands before it", () => {
  const before = new Set(["users"]);
  for (const each of carried) {
    before.add(tableName(each.table));
    for (const { to } of referencesOf(each)) expect([...before]).toContain(to);
  }
});
