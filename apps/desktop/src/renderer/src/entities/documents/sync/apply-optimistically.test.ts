import { expect, test } from "vitest";
import { ME, documentRow as row, WORKSPACE } from "@/entities/testing-rows.ts";
import type { Act } from "@/sync/mutations.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import { overlayDocuments } from "./apply-optimistically.ts";
import type { DocumentSwap } from "./swap-document.ts";
import { indexOf, pathOf, ROOT } from "./tree-index.ts";

/** a > b > c, and d beside a; c is an area of its own. */
const rows = new Map(
  [
    row("a"),
    row("b", { parentId: "a" }),
    row("c", { parentId: "b", areaId: "c" }),
    row("d", { areaId: "d", projectId: "p" }),
  ].map((each) => [each.id, each]),
);

let next = 0;
const entry = (act: Act, more: Partial<OutboxEntry> = {}) =>
  ({
    id: `01890000-0000-7000-8000-00000000000${next++}`,
    userId: ME,
    workspaceId: WORKSPACE,
    label: "An edit",
    ...act,
    ...more,
  }) as OutboxEntry;
const refusal = { reason: "below_itself", message: "Nothing was moved." };
const lay = (...entries: OutboxEntry[]) => overlayDocuments(rows, entries, WORKSPACE);

test("rows that nothing waits for are the rows themselves", () => {
  const favourite = entry({ act: "documents.addFavourite", input: { id: "a" } });
  const elsewhere = entry(
    { act: "documents.delete", input: { id: "a" } },
    { workspaceId: "other" },
  );
  expect(lay(favourite, elsewhere)).toBe(rows);
});

test("a moved document takes what is below it to its new project and area, but for areas in it", () => {
  const input = { id: "b", parentId: "d", projectId: "p" };
  const laid = lay(entry({ act: "documents.move", input }, { place: { rank: "a1" } }));
  expect(laid.get("b")).toMatchObject({ parentId: "d", projectId: "p", areaId: "d", rank: "a1" });
  expect(laid.get("c")).toMatchObject({ projectId: "p", areaId: "c", version: 1 });
  expect(pathOf(laid, rows.get("c") ?? row("c")).map(({ id }) => id)).toEqual(["d", "b"]);
});

test("a refused move shows it where it is, with what the server said", () => {
  const moved = entry({ act: "documents.move", input: { id: "b", parentId: "d" } }, { refusal });
  expect(lay(moved).get("b")).toMatchObject({
    parentId: "a",
    edit: { state: "failed", message: "Nothing was moved." },
  });
});

const undone = (documentSwap: DocumentSwap, more: Partial<OutboxEntry> = {}) =>
  entry(
    { act: "documents.undo", input: { id: documentSwap.id, of: "m" } },
    { documentSwap, ...more },
  );

test("deleted, all below it goes; undone, it is there at once; a new one goes by its undo", () => {
  const gone = entry({ act: "documents.delete", input: { id: "a" } });
  expect([...lay(gone).keys()]).toEqual(["d"]);
  const below = ["b", "c"].flatMap((id) => rows.get(id) ?? []);
  const back = undone({ id: "a", from: null, to: row("a"), below });
  expect([...lay(gone, back).keys()].sort()).toEqual(["a", "b", "c", "d"]);
  expect([...lay(undone({ id: "b", from: row("b"), to: null })).keys()]).toEqual(["a", "d"]);
});

test("undone, what nobody has changed since is as before, and its place only where it was put", () => {
  const patch = { title: "New", icon: "🐝" };
  const edit = entry({ act: "documents.update", input: { id: "b", patch } });
  const theirs = entry({ act: "documents.update", input: { id: "b", patch: { title: "Theirs" } } });
  const back = undone({ id: "b", from: patch, to: { title: "b", icon: null } });
  expect(lay(edit, back).get("b")).toMatchObject({ title: "b", icon: null });
  expect(lay(edit, theirs, back).get("b")).toMatchObject({ title: "Theirs", icon: null });

  const input = { id: "b", parentId: "d", projectId: "p" };
  const away = entry({ act: "documents.move", input }, { place: { rank: "a1" } });
  const was = { parentId: "a", projectId: null, rank: "a0" };
  const home = { id: "b", from: { parentId: "d", projectId: "p", rank: "a1" }, to: was };
  expect(lay(away, undone(home)).get("b")).toMatchObject(was);
  expect(lay(away, undone(home)).get("c")).toMatchObject({ projectId: null });
  expect(lay(undone({ ...home, id: "d" })).get("d")).toMatchObject({ parentId: null });
  expect(lay(away, undone(home, { refusal })).get("b")).toMatchObject({ parentId: "d" });
});

test("the index orders by rank and leaves out what is archived", () => {
  const archived = lay(entry({ act: "documents.archive", input: { id: "a" } }));
  expect(
    indexOf(rows)
      .children(ROOT)
      .map(({ id }) => id),
  ).toEqual(["a"]);
  expect(indexOf(archived).children(ROOT)).toEqual([]);
  expect(
    indexOf(rows)
      .children("p")
      .map(({ id }) => id),
  ).toEqual(["d"]);
});
