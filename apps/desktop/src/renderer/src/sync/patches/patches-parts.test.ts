import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { keys } from "@/sync/keys.ts";
import type { Workspace } from "@/sync/types.ts";
import { applyChange } from "./patches.ts";
import { change, ME, PROJECT, WORKSPACE } from "./testing-rows.ts";

const status = (id: string, rank: string) => ({ id, name: id, category: "started", rank });
const label = (id: string, name: string) => ({ id, name, color: "#112233" });
const row = { id: PROJECT, workspaceId: WORKSPACE, name: "App", key: "APP" };

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
  const statuses = [status("todo", "a0"), status("done", "a2")];
  const project = { ...row, role: "editor", statuses, labels: [label("bug", "Bug")] };
  const other = { ...project, id: "other", name: "Other", statuses: [], labels: [] };
  const open = { id: WORKSPACE, role: "editor", members: [], projects: [project, other] };
  cache.setQueryData(keys.workspace(WORKSPACE), open);
});

function lay(...changes: Parameters<typeof change>[0][]) {
  const tx = new CacheTransaction(cache);
  for (const c of changes) applyChange(tx, change(c), { workspaceId: WORKSPACE, myId: ME });
  tx.commit();
}
const projects = () => cache.getQueryData<Workspace>(keys.workspace(WORKSPACE))?.projects ?? [];
const project = (id = PROJECT) => projects().find((p) => p.id === id);
type Loose = Parameters<typeof change>[0];
const of = (entity: string, op: string, id: string, row: object | null) =>
  ({ entity, op, id, row }) as Loose;

test("a status and a label come, change, go to their place in order, and leave, one at a time", () => {
  const other = project("other");
  const review = { ...status("review", "a1"), projectId: PROJECT };
  lay(of("status", "insert", "review", review));
  expect(project()?.statuses.map(({ id }) => id)).toEqual(["todo", "review", "done"]);
  lay(of("status", "update", "review", { ...review, rank: "a3" }));
  expect(project()?.statuses).toEqual([
    status("todo", "a0"),
    status("done", "a2"),
    status("review", "a3"),
  ]);
  lay(of("label", "insert", "area", { ...label("area", "area"), projectId: PROJECT }));
  lay(of("label", "update", "bug", { ...label("bug", "zebra"), projectId: PROJECT }));
  expect(project()?.labels).toEqual([label("area", "area"), label("bug", "zebra")]);
  lay(of("label", "delete", "area", null), of("status", "delete", "review", null));
  expect(project()?.labels.map(({ id }) => id)).toEqual(["bug"]);
  expect(project()?.statuses.map(({ id }) => id)).toEqual(["todo", "done"]);
  expect(project("other")).toBe(other);
});

test("a change of a project leaves its statuses and labels as they are; a new one gets its own", () => {
  lay(of("project", "update", PROJECT, { ...row, name: "Application" }));
  expect(project()).toMatchObject({ name: "Application", role: "editor" });
  expect(project()?.labels).toEqual([label("bug", "Bug")]);
  const fresh = { ...row, id: "fresh", name: "Fresh" };
  const todo = { ...status("first", "a0"), projectId: "fresh" };
  lay(of("project", "insert", "fresh", fresh), of("status", "insert", "first", todo));
  expect(project("fresh")).toMatchObject({ labels: [], statuses: [{ id: "first" }] });
});

test("a change that an older server recorded brings statuses and labels along", () => {
  const labels = [label("old", "Old")];
  const statuses = [status("only", "a0")];
  lay(of("project", "update", PROJECT, { ...row, labels, statuses }));
  expect(project()).toMatchObject({ labels, statuses });
  lay(of("label", "insert", "new", { ...label("new", "New"), projectId: PROJECT }));
  expect(project()?.labels.map(({ id }) => id)).toEqual(["new", "old"]);
});

test("something that this page does not know makes it read again what it shows", () => {
  lay(of("weather", "update", "w", { sun: true }));
  expect(cache.getQueryState(keys.workspace(WORKSPACE))?.isInvalidated).toBe(true);
});
