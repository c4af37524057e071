import { expect, test } from "vitest";
import type { Act } from "@/sync/mutations.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import { ME, documentRow as row, WORKSPACE } from "@/sync/patches/testing-rows.ts";
import { overlayDocuments } from "./apply-optimistically.ts";
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

test("deleted, all below it goes; taken back, it is there at once", () => {
  const gone = entry({ act: "documents.delete", input: { id: "a" } });
  expect([...lay(gone).keys()]).toEqual(["d"]);
  const shownDocuments = ["a", "b", "c"].flatMap((id) => rows.get(id) ?? []);
  const back = entry({ act: "documents.restoreFromBin", input: { id: "a" } }, { shownDocuments });
  expect([...lay(gone, back).keys()].sort()).toEqual(["a", "b", "c", "d"]);
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
