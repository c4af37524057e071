import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { change, ME, PROJECT, WORKSPACE } from "@/entities/testing-rows.ts";
import { type Workspace, workspaceKey } from "@/entities/workspaces/workspace.ts";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { applyChange } from "@/sync/define-entity.ts";
import { entities } from "./registry.ts";

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
  cache.setQueryData(workspaceKey(WORKSPACE), open as unknown as Workspace);
});

function applyAll(...changes: Parameters<typeof change>[0][]) {
  const tx = new CacheTransaction(cache);
  for (const c of changes)
    applyChange(entities, tx, change(c), { workspaceId: WORKSPACE, myId: ME });
  tx.commit();
}
const projects = () => cache.getQueryData(workspaceKey(WORKSPACE))?.projects ?? [];
const project = (id = PROJECT) => projects().find((p) => p.id === id);
type Loose = Parameters<typeof change>[0];
const of = (entity: string, op: string, id: string, row: object | null) =>
  ({ entity, op, id, row }) as Loose;

test("a status and a label come, change, go to their place in order, and leave, one at a time", () => {
  const other = project("other");
  const review = { ...status("review", "a1"), projectId: PROJECT };
  applyAll(of("status", "insert", "review", review));
  expect(project()?.statuses.map(({ id }) => id)).toEqual(["todo", "review", "done"]);
  applyAll(of("status", "update", "review", { ...review, rank: "a3" }));
  expect(project()?.statuses).toEqual([
    status("todo", "a0"),
    status("done", "a2"),
    status("review", "a3"),
  ]);
  applyAll(of("label", "insert", "area", { ...label("area", "area"), projectId: PROJECT }));
  applyAll(of("label", "update", "bug", { ...label("bug", "zebra"), projectId: PROJECT }));
  expect(project()?.labels).toEqual([label("area", "area"), label("bug", "zebra")]);
  applyAll(of("label", "delete", "area", null), of("status", "delete", "review", null));
  expect(project()?.labels.map(({ id }) => id)).toEqual(["bug"]);
  expect(project()?.statuses.map(({ id }) => id)).toEqual(["todo", "done"]);
  expect(project("other")).toBe(other);
});

test("a change of a project leaves its statuses and labels as they are; a new one gets its own", () => {
  applyAll(of("project", "update", PROJECT, { ...row, name: "Application" }));
  expect(project()).toMatchObject({ name: "Application", role: "editor" });
  expect(project()?.labels).toEqual([label("bug", "Bug")]);
  const fresh = { ...row, id: "fresh", name: "Fresh" };
  const todo = { ...status("first", "a0"), projectId: "fresh" };
  applyAll(of("project", "insert", "fresh", fresh), of("status", "insert", "first", todo));
  expect(project("fresh")).toMatchObject({ labels: [], statuses: [{ id: "first" }] });
});

test("a change that an older server recorded brings statuses and labels along", () => {
  const labels = [label("old", "Old")];
  const statuses = [status("only", "a0")];
  applyAll(of("project", "update", PROJECT, { ...row, labels, statuses }));
  expect(project()).toMatchObject({ labels, statuses });
  applyAll(of("label", "insert", "new", { ...label("new", "New"), projectId: PROJECT }));
  expect(project()?.labels.map(({ id }) => id)).toEqual(["new", "old"]);
});

test("something that this page does not know makes it read again what it shows", () => {
  applyAll(of("weather", "update", "w", { sun: true }));
  expect(cache.getQueryState(workspaceKey(WORKSPACE))?.isInvalidated).toBe(true);
});
