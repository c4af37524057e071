/** For tests: what searching promises, whichever index answers. */
import { schema } from "@guildhall/db";
import type { TestApi, TestPerson } from "@guildhall/testing/api";
import type { Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { expect, test } from "vitest";
import { invariant } from "../src/core/errors.ts";
import type { SearchInput } from "../src/search/search.ts";

export type Searching = {
  api: TestApi;
  team: Team;
  /** Resolves when all that was written before can be found. */
  settled(): Promise<void>;
};

type Asked = Partial<SearchInput>;

export function searchContract(world: () => Searching) {
  const { editor, viewer, owner, stranger, workspaceId, project, task } = lazily(
    () => world().team,
  );
  const find = async (person: () => TestPerson, text: string, asked: Asked = {}) => {
    await world().settled();
    return person().call.search.find({ workspaceId: workspaceId(), text, ...asked });
  };
  const titles = async (text: string, asked: Asked = {}, person = viewer) =>
    (await find(person, text, asked)).items.map(({ title }) => title.text);
  const marked = ({ text, marks }: { text: string; marks: [number, number][] }) =>
    marks.map(([from, to]) => text.slice(from, to));

  async function document(title: string, text: string, place: object = {}) {
    const { id } = await owner().call.documents.create({
      workspaceId: workspaceId(),
      title,
      ...place,
    });
    const row = { documentId: id, seq: 1, text, wordCount: 1 };
    await world().api.services.db.insert(schema.documentTexts).values(row);
    return id as string;
  }

  test("finds by the beginnings of words, in any order, in titles before texts, with marks", async () => {
    await document(
      "Pottery",
      "The kiln has to cool down slowly before anybody opens it. ".repeat(40),
    );
    await task()("Cool the kiln slowly");
    await task()("Buy clay");
    const { items } = await find(viewer, "kil coo");
    expect(items.map(({ kind, title }) => [kind, title.text])).toEqual([
      ["task", "Cool the kiln slowly"],
      ["document", "Pottery"],
    ]);
    expect(marked(invariant(items[0], "found").title)).toEqual(["Coo", "kil"]);
    const text = invariant(items[1]?.snippet, "its text fits");
    expect(new Set(marked(text))).toEqual(new Set(["kil", "coo"]));
    expect(text.text.length).toBeLessThan(260);
  });

  test("finds parts of words and words with a slip of the finger", async () => {
    await task()("Synchronise the thermocouples");
    expect(await titles("rmocoup")).toEqual(["Synchronise the thermocouples"]);
    expect(await titles("termocouple")).toEqual(["Synchronise the thermocouples"]);
    expect(await titles("snychronise")).toEqual(["Synchronise the thermocouples"]);
    expect(await titles("xylophone")).toEqual([]);
  });

  test("finds without accents and in every script", async () => {
    await task()("Résumé der Brücke, übergröße");
    await document("窯の温度管理", "東京都の工房で使う釉薬を調べる。");
    await document("가마 온도", "검색엔진을 시험합니다");
    await document("التحكّم في الفرن", "دَرَجَةُ الحرارة في الأفران");
    expect(await titles("resume brucke")).toEqual(["Résumé der Brücke, übergröße"]);
    expect(await titles("ÜBERGRÖSSE")).toEqual(["Résumé der Brücke, übergröße"]);
    for (const part of ["東京都", "釉薬", "温度", "釉"]) {
      expect(await titles(part), part).toEqual(["窯の温度管理"]);
    }
    expect(await titles("엔진")).toEqual(["가마 온도"]);
    expect(await titles("درجه الحراره")).toEqual(["التحكّم في الفرن"]);
    const [found] = (await find(viewer, "東京都")).items;
    expect(marked(invariant(found?.snippet, "its text fits"))).toEqual(["東京都"]);
  });

  test("finds comments, and a task by its key or number", async () => {
    const { id, key, number } = await task()("Order bricks");
    await viewer().call.comments.create({
      taskId: id,
      body: "The **porcelain** ones are cheaper.",
    });
    const [comment] = (await find(editor, "porcelain")).items;
    expect(comment).toMatchObject({
      kind: "comment",
      title: { text: "Order bricks" },
      snippet: { text: "The porcelain ones are cheaper.", marks: [[4, 13]] },
      authorId: viewer().user.id,
      task: { id, key },
    });
    expect((await titles(key))[0]).toBe("Order bricks");
    expect((await titles(String(number)))[0]).toBe("Order bricks");
    expect(await titles(key, { kinds: ["document"] })).toEqual([]);
  });

  test("finds files by their names, where they hang", async () => {
    const { id: taskId, key } = await task()("Draw the chimney");
    const documentId = await document("Chimney", "It is high.");
    await file("Schornstein_Entwurf-3.pdf", { taskId });
    await file("schornstein.jpeg", { documentId });
    await file("schornstein.txt", { projectId: project().id });
    const { items } = await find(viewer, "schornstein", { kinds: ["file"] });
    expect(
      items.map(({ title, task, document }) => [title.text, task?.key ?? document?.id]),
    ).toEqual([
      ["schornstein.txt", undefined],
      ["schornstein.jpeg", documentId],
      ["Schornstein_Entwurf-3.pdf", key],
    ]);
    expect(await titles("entwurf pdf")).toEqual(["Schornstein_Entwurf-3.pdf"]);
    await owner().call.tasks.delete({ id: taskId });
    expect(await titles("entwurf pdf")).toEqual([]);
  });

  async function file(
    name: string,
    place: { taskId?: string; documentId?: string; projectId?: string },
  ) {
    const { db } = world().api.services;
    const of = { workspaceId: workspaceId(), size: 3 };
    const object = { id: uuidv7(), sha256: name, ...of };
    await db.insert(schema.fileObjects).values(object);
    const row = { id: uuidv7(), objectId: object.id, name, type: "text/plain", ...of, ...place };
    await db.insert(schema.files).values(row);
    return row;
  }

  test("finds files by the words in them, and by those of their last version only", async () => {
    const { db } = world().api.services;
    const read = (objectId: string, text: string) =>
      db.insert(schema.fileTexts).values({ objectId, text, state: "ready" });
    const { id: taskId, key } = await task()("Ask for offers");
    const first = await file("offer.pdf", { taskId });
    await read(
      first.objectId,
      `${"Dear all. ".repeat(900)}We offer a refractory **lining** for less.`,
    );
    const [found] = (await find(viewer, "refractory lining")).items;
    expect(found).toMatchObject({ kind: "file", title: { text: "offer.pdf" }, task: { key } });
    expect(marked(invariant(found?.snippet, "its text fits"))).toEqual(["refractory", "lining"]);
    // The same bytes where not everybody sees them.
    const folder = await document("Offers", "");
    await makePrivate(folder);
    const of = { documentId: folder, taskId: null, id: uuidv7(), name: "same.pdf" };
    await db.insert(schema.files).values({ ...first, ...of });
    expect(await titles("refractory")).toEqual(["offer.pdf"]);
    expect((await titles("refractory", {}, owner)).sort()).toEqual(["offer.pdf", "same.pdf"]);

    const second = await file("later.pdf", { projectId: project().id });
    await read(second.objectId, "Vermiculite instead");
    await db
      .update(schema.files)
      .set({ objectId: second.objectId })
      .where(eq(schema.files.id, first.id));
    expect(await titles("refractory")).toEqual([]);
    expect((await titles("vermiculite")).sort()).toEqual(["later.pdf", "offer.pdf"]);
  });

  test("a text that Postgres would refuse keeps nobody else's from being found", async () => {
    const { id } = await task()("Odd remarks");
    const body = [`a${"𝐀".repeat(64)}`, "ﷺ".repeat(64), "x".repeat(3_000), "base64+/=".repeat(99)];
    for (const each of body) await editor().call.comments.create({ taskId: id, body: each });
    const letters = (n: number) =>
      Array.from({ length: 64 }, (_, i) => String.fromCodePoint(0x430 + ((n >> (i % 15)) % 32)));
    const many = Array.from({ length: 20_000 }, (_, n) => letters(n).join(""));
    await document("More words than are kept of one text", `${many.join(" ")} the last`);
    await task()("Sift the sawdust");
    expect(await titles("sawdust")).toEqual(["Sift the sawdust"]);
    expect(await titles("more words than")).toEqual(["More words than are kept of one text"]);
  });

  test("filters by kind, project, person, state and date, and counts each kind", async () => {
    const { call, user } = editor();
    const { id: projectId } = await call.projects.create({
      workspaceId: workspaceId(),
      name: "Glaze",
      key: "GLZ",
    });
    const open = await call.tasks.create({
      projectId,
      title: "Mix celadon",
      assigneeIds: [user.id],
    });
    const done = await owner().call.tasks.create({ projectId, title: "Sieve celadon" });
    const statuses = (await call.projects.get({ id: projectId })).statuses;
    const completed = invariant(
      statuses.find(({ category }) => category === "completed"),
      "a new project has one",
    );
    await call.tasks.move({ id: done.id, statusId: completed.id });
    await document("Celadon", "Iron and reduction", { projectId });
    await task()("Celadon elsewhere");
    expect((await titles("celadon")).sort()).toEqual(
      ["Celadon", "Celadon elsewhere", "Mix celadon", "Sieve celadon"].sort(),
    );
    expect(await titles("celadon", { kinds: ["document"] })).toEqual(["Celadon"]);
    expect((await titles("celadon", { projectId })).length).toBe(3);
    expect(await titles("celadon", { personId: user.id })).toEqual(["Mix celadon"]);
    expect(await titles("celadon", { states: ["completed"] })).toEqual(["Sieve celadon"]);
    expect(await titles("", { personId: user.id, projectId })).toEqual(["Mix celadon"]);
    expect(await titles("celadon", { to: open.createdAt, projectId })).toEqual([]);
    expect((await titles("celadon", { from: open.createdAt, projectId })).length).toBe(3);
    const asked = { workspaceId: workspaceId(), text: "celadon", projectId };
    expect(await viewer().call.search.count(asked)).toEqual({
      task: 2,
      document: 1,
      comment: 0,
      file: 0,
    });
    await call.tasks.archive({ id: open.id });
    expect(await titles("mix", { states: ["archived"] })).toEqual(["Mix celadon"]);
  });

  test("shows nothing that the reader may not see, and nothing that is deleted", async () => {
    const hidden = { workspaceId: workspaceId(), name: "Secret", key: "SECRET" };
    const { id: projectId } = await owner().call.projects.create({
      ...hidden,
      visibility: "private",
    });
    const { id } = await owner().call.tasks.create({ projectId, title: "Raku firing" });
    await owner().call.comments.create({ taskId: id, body: "raku needs tongs" });
    await document("Raku notes", "smoke", { projectId });
    const own = await document("Raku diary", "smoke");
    await makePrivate(own);
    const seen = async (person: () => TestPerson) => (await titles("raku", {}, person)).sort();
    const all = ["Raku diary", "Raku firing", "Raku firing", "Raku notes"];
    expect(await seen(owner)).toEqual(all);
    expect(await seen(viewer)).toEqual([]);
    const userId = viewer().user.id;
    await owner().call.projects.setMember({ projectId, userId, role: "viewer" });
    expect(await seen(viewer)).toEqual(all.slice(1));
    const { db } = world().api.services;
    const role = "viewer" as const;
    await db
      .insert(schema.documentMembers)
      .values({ documentId: own, userId, role, personalRole: role });
    expect(await seen(viewer)).toEqual(all);
    expect(await titles("SECRET-1", {}, editor)).toEqual([]);

    await owner().call.tasks.delete({ id });
    expect(await seen(viewer)).toEqual(["Raku diary", "Raku notes"]);
    await owner().call.tasks.restore({ id });
    expect(await seen(viewer)).toEqual(all);

    const { id: folderId } = await owner().call.documents.create({
      workspaceId: workspaceId(),
      title: "Raku folder",
      kind: "folder",
    });
    await document("Raku below", "smoke", { parentId: folderId });
    await file("raku.txt", { documentId: own });
    expect(await seen(viewer)).toEqual([...all, "Raku below", "Raku folder", "raku.txt"].sort());
    // All that lies in the bin, however deep.
    await owner().call.documents.delete({ id: folderId });
    await owner().call.documents.delete({ id: own });
    expect(await seen(viewer)).toEqual(all.slice(1));
    await owner().call.documents.restoreFromTrash({ id: own });
    // No index has heard of it yet.
    const atOnce = async (person: TestPerson) => {
      const { items } = await person.call.search.find({ workspaceId: workspaceId(), text: "raku" });
      return items.map(({ title }) => title.text).sort();
    };
    expect(await seen(viewer)).toEqual([...all, "raku.txt"].sort());
    await owner().call.projects.removeMember({ projectId, userId });
    expect(await atOnce(viewer())).toEqual(["Raku diary", "raku.txt"].sort());
    await db.delete(schema.documentMembers).where(eq(schema.documentMembers.documentId, own));
    expect(await atOnce(viewer())).toEqual([]);
    expect(await seen(owner)).toEqual([...all, "raku.txt"].sort());

    const guest = await world().api.person("Gast");
    await world().api.join(workspaceId(), guest.user.id, "owner");
    expect(await seen(() => guest)).toEqual([...all, "raku.txt"].sort());
    await owner().call.members.remove({ workspaceId: workspaceId(), userId: guest.user.id });
    for (const nobody of [() => guest, stranger]) {
      await expect(find(nobody, "raku")).rejects.toMatchObject({ reason: "not_found" });
    }
  });

  /** As the tree does it: the document and all below it have its access. */
  async function makePrivate(id: string) {
    const { db } = world().api.services;
    const { sql } = await import("drizzle-orm");
    await db.execute(
      sql`update documents set visibility = 'private', scope_path = array[id] where id = ${id}`,
    );
  }

  test("gives page after page, each finding once", async () => {
    const wanted = Array.from({ length: 11 }, (_, i) => `Saggar ${i}`);
    for (const title of wanted) await task()(title);
    const { id } = await task()("Stack the shelves");
    await editor().call.comments.create({ taskId: id, body: "Each saggar by itself" });
    await task()("Messagarette");
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 9; pages++) {
      const page = await find(viewer, "saggar", { limit: 4, cursor });
      seen.push(...page.items.map(({ title }) => title.text));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 11)).toEqual(wanted.reverse());
    expect(seen[11]).toBe("Stack the shelves");
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("answers whatever is typed", async () => {
    await task()("Sharpen the 100% saw");
    expect(await titles("100% saw")).toEqual(["Sharpen the 100% saw"]);
    const hostile = [
      "%",
      "'; drop table tasks; --",
      "a & | ! <-> :* ( )",
      "\\",
      "((((((((((",
      '"unclosed',
      "*".repeat(5_000),
      "saw ".repeat(2_000),
      "é".repeat(3_000),
      "\ud800",
      "areaId IN [1] OR workspaceId EXISTS",
      `${"x".repeat(199)}😀`,
      "%_\\",
      "a\0b",
      "\u202e\u200fمرحبا\u2066",
      "𝐀".repeat(150),
      "ﷺ".repeat(150),
      "!".repeat(10_000),
      Array.from({ length: 300 }, (_, i) => `w${i}`).join(" "),
      "saw:*A & !saw <2> saw | 'saw'",
    ];
    for (const text of hostile) {
      await expect(find(viewer, text), text).resolves.toBeTruthy();
    }
    await expect(find(viewer, "saw", { cursor: "e30" })).rejects.toMatchObject({
      reason: "bad_cursor",
    });
    expect((await find(viewer, "saw", { projectId: uuidv7() })).items).toEqual([]);
    expect(project().key).toBe("APP");
  });
}

/** The team is made before the first test, and the tests are told of it here already. */
function lazily<T extends object>(get: () => T): { [Key in keyof T]: () => T[Key] } {
  return new Proxy({} as { [Key in keyof T]: () => T[Key] }, {
    get: (_, key) => () => get()[key as keyof T],
  });
}
