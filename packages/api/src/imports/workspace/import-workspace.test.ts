import { createHash } from "node:crypto";
import { schema } from "@guildhall/db";
import { writeDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { documentArbitrary } from "@guildhall/testing/arbitrary-document";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { strFromU8, strToU8 } from "fflate";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeGuestWorkspace, workspacePlan } from "../../../testing/guest-workspace.ts";
import {
  canonical,
  type Exported,
  endOf,
  exportWorkspace,
  importWorkspace,
  packed,
  serveFiles,
  unpacked,
} from "../../../testing/workspace-archives.ts";
import { makeWorld } from "../../../testing/world.ts";
import type { FileStore } from "../../core/file-store.ts";
import { storeFile } from "../../files/upload/store-file.ts";
import { runImport } from "../run-import.ts";

const { users } = schema;

type Server = { api: TestApi; url: string; stop: () => void };
let here: Server;
let there: Server;
beforeAll(async () => {
  const start = async () => {
    const api = await startTestApi();
    return { api, ...(await serveFiles(api)) };
  };
  [here, there] = await Promise.all([start(), start()]);
});
afterAll(async () => {
  for (const { api, stop } of [here, there]) {
    stop();
    await api.stop();
  }
});

/** The same person on the other server, by their address. */
async function alsoThere({ user }: TestPerson): Promise<TestPerson> {
  const person = await there.api.person(user.name);
  const { email } = user;
  await there.api.services.db.update(users).set({ email }).where(eq(users.id, person.user.id));
  return { ...person, user: { ...person.user, email } };
}

/** One of everything in a workspace that was made at random, and a text that names who and what. */
async function fill(seed: number) {
  const { api } = here;
  const [plan] = fc.sample(workspacePlan, { numRuns: 1, seed });
  if (!plan) throw new Error("a plan");
  const { owner, workspaceId, guest } = await makeGuestWorkspace(api, plan);
  const { call } = owner;
  const world = await makeWorld(api, { owner, workspaceId });
  const { projectId } = world;
  await world.file();
  await world.deletedFile();
  await world.deletedTask();
  await world.deletedDocument();
  await world.checklist();
  const groupId = await world.group();
  await call.groups.addMembers({ id: groupId, userIds: [owner.user.id] });
  const [a, b, c] = [await world.task(), await world.task(), await world.task()];
  await call.tasks.update({ id: b, patch: { parentId: a, blockedByIds: [c] } });
  await call.tasks.update({ id: a, patch: { description: `See guildhall:task/${b}` } });
  const comment = await call.comments.create({ taskId: a, body: "Said" });
  await call.comments.create({ taskId: a, body: "Answered", replyTo: comment.id });
  await call.reactions.toggle({ commentId: comment.id, emoji: "👍" });
  await call.follows.set({ entity: "task", id: a, state: "mute" });
  const { id: documentId } = await call.documents.create({ workspaceId, title: "All of it" });
  const [json] = fc.sample(documentArbitrary, { numRuns: 1, seed });
  const mention = { type: "mention", attrs: { userId: guest.user.id, label: "Guest" } };
  const content = [...(json?.content ?? []), { type: "paragraph", content: [mention] }];
  const update = Buffer.from(writeDocument({ type: "doc", content })).toString("base64");
  await call.documents.push({ documentId, id: uuidv7(), update });
  const writer = { services: api.services, actor: { user: owner.user }, path: "files.upload" };
  const long = Buffer.alloc(3_000_000, `${seed} `);
  await storeFile(writer, { name: "long.bin", place: { documentId }, content: long });
  await api.services.search.settled();
  return { owner, workspaceId, projectId, guest };
}

test.each([1, 2, 3])("what goes out comes in as it was (seed %i)", async (seed) => {
  const { owner, workspaceId, guest } = await fill(seed);
  const zip = await exportWorkspace(here.url, owner, workspaceId);
  const me = await alsoThere(owner);

  const plan = await importWorkspace(me, zip, { dryRun: true });
  expect(plan.row).toMatchObject({ state: "done", error: null });
  const before = canonical(unpacked(zip));
  const { report } = plan.row;
  expect(report?.counts.tasks).toBe(before.tables.tasks?.length);
  expect(report?.people).toContainEqual(
    expect.objectContaining({ email: guest.user.email, role: "guest", as: "former" }),
  );
  expect(report?.people.filter(({ as }) => as === "you")).toHaveLength(1);

  const { row } = await importWorkspace(me, zip, { workspaceId: plan.workspaceId });
  expect(row).toMatchObject({ state: "done", error: null, report });
  const again = await exportWorkspace(there.url, me, plan.workspaceId);
  const after = canonical(unpacked(again));
  // The importer's own membership began here.
  const others = ({ tables }: typeof after) =>
    (tables.members ?? []).filter((line) => !line.includes(`<${me.user.email}>`));
  expect(others(after)).toEqual(others(before));
  const feed = ({ tables }: typeof after) =>
    (tables.changes ?? []).map((line) => line.replace(/"seq":\d+,/, ""));
  const began = feed(after).indexOf(feed(before)[0] ?? "");
  expect(feed(after).slice(began, began + feed(before).length)).toEqual(feed(before));
  for (const table of Object.keys(before.tables)) {
    if (table === "members" || table === "changes") continue;
    const sorted = (lines: string[] = []) => lines.toSorted();
    expect([table, sorted(after.tables[table])]).toEqual([table, sorted(before.tables[table])]);
  }
  expect(after.contents).toEqual(before.contents);
  expect(after.people).toEqual(before.people);
});

const sumsOf = (files: Exported) => JSON.parse(strFromU8(files.get("sums.json") ?? strToU8("{}")));

/** As somebody would who knows how it is made. */
function resummed(files: Exported) {
  const sums = sumsOf(files);
  for (const [path, entry] of Object.entries<{ bytes: number; sha256: string }>(sums.entries)) {
    const bytes = files.get(path) ?? new Uint8Array();
    entry.bytes = bytes.length;
    entry.sha256 = createHash("sha256").update(bytes).digest("hex");
  }
  return files.set("sums.json", strToU8(JSON.stringify(sums)));
}

const edited = (files: Exported, path: string, edit: (text: string) => string) =>
  new Map(files).set(path, strToU8(edit(strFromU8(files.get(path) ?? new Uint8Array()))));

test("what is no whole archive is refused in words, and nothing of it stays", async () => {
  const { owner, workspaceId } = await fill(4);
  const zip = await exportWorkspace(here.url, owner, workspaceId);
  const me = await alsoThere(owner);
  const { id: target } = await me.call.workspaces.create({ name: "New" });
  const files = unpacked(zip);
  const manifest = "guildhall-workspace.json";
  const [object = ""] = [...files.keys()].filter((path) => path.startsWith("files/"));
  const newColumn = (text: string) => text.replace(`"number",`, `"number", "of_tomorrow",`);
  const foreign = (text: string) =>
    text.replace(/"project_id":"[^"]+"/, `"project_id":"${uuidv7()}"`);
  const cases: [string, Uint8Array, RegExp][] = [
    ["archive_unknown", packed(new Map([["a.md", strToU8("# A")]])), /isn't an exported workspace/],
    ["zip_broken", zip.slice(0, zip.length / 2), /damaged or incomplete/],
    [
      "archive_damaged",
      packed(new Map([...files].filter(([path]) => path !== "sums.json"))),
      /end/,
    ],
    [
      "archive_newer",
      packed(edited(files, manifest, (t) => t.replace(`"format": 1`, `"format": 2`))),
      /newer/,
    ],
    ["archive_newer", packed(edited(files, manifest, newColumn)), /newer/],
    [
      "archive_damaged",
      packed(edited(files, "data/tasks.jsonl", (t) => t.replace("A task", "B task"))),
      /tasks/,
    ],
    [
      "archive_damaged",
      packed(edited(files, object, () => "other bytes")),
      /cut off|what was exported/,
    ],
    [
      "archive_damaged",
      packed(resummed(edited(files, "data/tasks.jsonl", foreign))),
      /names something/,
    ],
    ["archive_damaged", packed(new Map([...files].filter(([path]) => path !== object))), /missing/],
    [
      "zip_unsafe_path",
      packed(new Map([...files, ["../out", strToU8("x")]])),
      /outside its folder/,
    ],
  ];
  for (const [reason, damaged, words] of cases) {
    const { row } = await importWorkspace(me, damaged, { workspaceId: target });
    expect([row.error?.reason, row.state]).toEqual([reason, "failed"]);
    expect(row.error?.message).toMatch(words);
    expect(row.error?.message).toContain("Nothing was imported");
  }
  expect(await me.call.projects.list({ workspaceId: target })).toEqual([]);

  await me.call.projects.create({ workspaceId: target, name: "Mine", key: "MINE" });
  const { row } = await importWorkspace(me, zip, { workspaceId: target });
  expect(row.error?.reason).toBe("workspace_not_empty");
});

test("it is its owners', who have shown that it is them, and it is noted", async () => {
  const { owner, workspaceId } = await fill(5);
  const { api, url } = here;
  const editor = await api.person("Eli");
  await api.join(workspaceId, editor.user.id, "editor");
  const asked = async ({ token }: TestPerson) => {
    const answer = await fetch(`${url}/files/exports/workspace/${workspaceId}`, {
      headers: { authorization: token },
    });
    if (!answer.ok) return ((await answer.json()) as { reason: string }).reason;
    return answer.arrayBuffer().then(() => "given");
  };
  expect(await asked(editor)).toBe("role_too_low");
  expect(await asked(await api.person("Sam"))).toBe("not_found");
  expect(await asked(owner)).toBe("given");
  const { entries } = await owner.call.audit.list({ workspaceId, limit: 10 });
  expect(entries[0]).toMatchObject({ action: "workspace.exported" });
  const zip = unpacked(await exportWorkspace(url, owner, workspaceId));
  const [row] = await api.services.db.select().from(users).where(eq(users.id, owner.user.id));
  const all = [...zip.values()].map((bytes) => strFromU8(bytes, true)).join("");
  for (const secret of [row?.passwordHash ?? "?", owner.token]) expect(all).not.toContain(secret);
});

test("an import that is cut off goes on behind the files that it has stored, and is there once", async () => {
  const { owner, workspaceId } = await fill(6);
  const zip = await exportWorkspace(here.url, owner, workspaceId);
  const me = await alsoThere(owner);
  const { services } = there.api;
  const { id: target } = await me.call.workspaces.create({ name: "New" });
  const fileId = await me.upload(target, new File([new Uint8Array(zip)], "mill.zip"));
  const enqueue = vi.spyOn(services, "enqueueImport").mockResolvedValue();
  const { id } = await me.call.imports.startWorkspace({ workspaceId: target, fileId });
  enqueue.mockRestore();
  const stored: string[] = [];
  const stop = new AbortController();
  const put: FileStore["put"] = async (key, ...rest) => {
    if (stored.length > 0) stop.abort(new Error("killed"));
    stop.signal.throwIfAborted();
    const answer = await services.files.put(key, ...rest);
    stored.push(key);
    return answer;
  };
  const dying = { ...services, files: { ...services.files, put } };
  await expect(runImport(dying, id, stop.signal)).rejects.toThrow("killed");
  expect(stored).toHaveLength(1);
  expect(await me.call.projects.list({ workspaceId: target })).toEqual([]);
  const later: string[] = [];
  const noting: FileStore["put"] = (key, ...rest) => {
    later.push(key);
    return services.files.put(key, ...rest);
  };
  const living = { ...services, files: { ...services.files, put: noting } };
  const never = new AbortController().signal;
  await Promise.all([runImport(living, id, never), runImport(living, id, never)]);
  expect(later).not.toContain(stored[0]);
  expect((await endOf(me, id)).state).toBe("done");
  const after = canonical(unpacked(await exportWorkspace(there.url, me, target)));
  const before = canonical(unpacked(zip));
  expect(after.tables.tasks).toEqual(before.tables.tasks);
  expect(after.contents).toEqual(before.contents);
});
