import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { allTasks, importFiles, openProject, textFile, upload } from "@guildhall/testing/imports";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const csv = (...rows: string[]) => [textFile("tasks.csv", rows.join("\n"))];
const HEADER = "ID,Title,Status,Labels,Assignee,Parent,Blocked by,Created,Completed";

test("people, columns, labels and links are found or made, and dates are kept", async () => {
  const { owner, projectId } = await openProject(api);
  const files = csv(
    HEADER,
    `A-1,Wheel,In Progress,"wet, red",${owner.user.email},,,2020-01-02,`,
    "A-2,Spoke,DONE,red,Nobody Known,A-1,A-1,2020-01-03,2020-02-03",
  );
  const { report } = await importFiles(api, owner, { projectId, files });
  expect(report).toMatchObject({ created: 2, statuses: [], problemCount: 0 });
  const [wheel, spoke] = await allTasks(owner, projectId);
  expect(wheel).toMatchObject({ key: "APP-1", assigneeIds: [owner.user.id], parentId: null });
  expect(wheel?.createdAt.toISOString()).toMatch(/^2020-01-02/);
  expect(spoke).toMatchObject({ parentId: wheel?.id, blockedByIds: [wheel?.id], assigneeIds: [] });
  expect(spoke?.source).toMatchObject({ system: "CSV", assignees: ["Nobody Known"] });
  expect(spoke?.completedAt?.toISOString()).toMatch(/^2020-02-03/);
  const { labels, statuses } = await owner.call.projects.get({ id: projectId });
  expect(labels.map(({ name }) => name)).toEqual(["red", "wet"]);
  expect(statuses).toHaveLength(5);
  expect(statuses.find(({ id }) => id === spoke?.statusId)?.name).toBe("Done");
});

test("what a project has no room for is left out and said: the rarest labels, the last columns", async () => {
  const { owner, projectId } = await openProject(api);
  const many = Array.from({ length: 510 }, (_, n) => {
    const label = n < 20 ? `"rare ${n}"` : `"area ${n}, common"`;
    return `A-${n},Task ${n},Step ${n % 60},${label},,,,,`;
  });
  const again = many.slice(20).map((row) => row.replace("A-", "B-"));
  const files = csv(HEADER, ...many, ...again);
  const { report, state } = await importFiles(api, owner, { projectId, files });
  expect(state).toBe("done");
  expect(report).toMatchObject({ created: 1_000 });
  const { labels, statuses } = await owner.call.projects.get({ id: projectId });
  expect(labels).toHaveLength(500);
  expect(statuses).toHaveLength(50);
  expect(labels.filter(({ name }) => name.startsWith("rare"))).toHaveLength(9);
  const ofProject = report?.problems.filter(({ place }) => place === "The project");
  const said = ofProject?.map(({ field, message }) => [field, message]);
  expect(said).toEqual([
    ["statuses", expect.stringMatching(/50 statuses.*left out: Step 45, .*Step 59\. Their tasks/)],
    ["labels", expect.stringMatching(/500 labels.*left out: rare 9, .*rare 19\. Their tasks/)],
  ]);
  const tasks = await allTasks(owner, projectId);
  expect(new Set(tasks.map(({ statusId }) => statusId)).size).toBeGreaterThan(40);
  const again2 = await importFiles(api, owner, { projectId, files });
  expect(again2.report).toMatchObject({ created: 0, updated: 0 });
});

test("what was changed here stays, and what changed in the source comes, field by field", async () => {
  const { owner, projectId } = await openProject(api);
  const rows = ["A-1,Wheel,To do,,,,,,", "A-2,Spoke,To do,,,,,,", "A-3,Hub,To do,,,,,,"];
  await importFiles(api, owner, { projectId, files: csv(HEADER, ...rows) });
  const [wheel, spoke, hub] = await allTasks(owner, projectId);
  const { statuses } = await owner.call.projects.get({ id: projectId });
  const statusId = statuses.find(({ category }) => category === "started")?.id ?? "";
  await owner.call.tasks.update({ id: wheel?.id ?? "", patch: { title: "Mended here" } });
  await owner.call.tasks.move({ id: spoke?.id ?? "", statusId });
  await owner.call.tasks.delete({ id: hub?.id ?? "" });

  const later = [
    "A-1,Wheel,Done,,,,,,",
    "A-2,Spoke of oak,To do,,,,,,",
    "A-3,Hub of oak,Done,,,,,,",
  ];
  const { report } = await importFiles(api, owner, { projectId, files: csv(HEADER, ...later) });
  expect(report).toMatchObject({ created: 0, updated: 2, unchanged: 1 });
  const now = await allTasks(owner, projectId);
  expect(now.map(({ title }) => title)).toEqual(["Mended here", "Spoke of oak"]);
  expect(now[0]?.completedAt).toBeInstanceOf(Date);
  expect(now[1]?.statusId).toBe(statusId);
});

test("a link of the file that closes a circle with one made here is left out, and said", async () => {
  const { owner, projectId } = await openProject(api);
  const files = csv(HEADER, "A-1,Wheel,,,,,,,", "A-2,Spoke,,,,,,,");
  await importFiles(api, owner, { projectId, files });
  const [wheel, spoke] = await allTasks(owner, projectId);
  const patch = { parentId: spoke?.id ?? "", blockedByIds: [spoke?.id ?? ""] };
  await owner.call.tasks.update({ id: wheel?.id ?? "", patch });
  const again = csv(HEADER, "A-1,Wheel,,,,,,,", "A-2,Spoke,,,,A-1,A-1,,");
  const { report } = await importFiles(api, owner, { projectId, files: again });
  expect(report?.problems).toMatchObject([
    { place: "row 3", field: "parent" },
    { place: "row 3", field: "blocked by" },
  ]);
  const now = await allTasks(owner, projectId);
  expect(now[0]).toMatchObject({ parentId: spoke?.id, blockedByIds: [spoke?.id] });
  expect(now[1]).toMatchObject({ parentId: null, blockedByIds: [] });
});

const issue = (number: number) => ({
  url: `https://api.github.com/repos/mill/wheel/issues/${number}`,
  html_url: `https://github.com/mill/wheel/issues/${number}`,
  number,
  title: `Issue ${number}`,
  body: "It creaks.",
  user: { login: "miller" },
  labels: [],
  state: "open",
  created_at: "2020-01-01T00:00:00Z",
});
const comment = (id: number, body: string) => ({
  id,
  issue_url: "https://api.github.com/repos/mill/wheel/issues/1",
  user: { login: "miller" },
  body,
  created_at: "2020-01-02T00:00:00Z",
});
const json = (name: string, value: unknown) => textFile(name, JSON.stringify(value));

test("comments that come later, or changed, are changes for whoever has the task open", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  const issues = json("issues.json", [issue(1), issue(2)]);
  await importFiles(api, owner, { projectId, files: [issues] });
  const withComments = (...list: unknown[]) =>
    importFiles(api, owner, { projectId, files: [issues, json("comments.json", list)] });
  const { seq } = await owner.call.changes.since({ workspaceId, seq: 0 });
  await withComments(comment(1, "Oil it."), comment(2, "No."));
  const { report } = await withComments(comment(1, "Oil it twice."), comment(2, "No."));
  expect(report).toMatchObject({ updated: 0, unchanged: 2, comments: 1 });
  const [task] = await allTasks(owner, projectId);
  expect(task?.commentCount).toBe(2);
  const { changes } = await owner.call.changes.since({ workspaceId, seq });
  const aside = ["import", "notification"];
  expect(changes.filter(({ entity }) => !aside.includes(entity))).toMatchObject([
    { entity: "comment", op: "insert", row: { body: "Oil it.", authorId: null } },
    { entity: "comment", op: "insert", row: { sourceAuthor: "miller" } },
    { entity: "task", op: "update", id: task?.id, row: { commentCount: 2 } },
    { entity: "comment", op: "update", row: { body: "Oil it twice." } },
  ]);
});

test("a dry run says what would happen, and nothing happens", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  const files = csv(HEADER, "A-1,Wheel,Somewhere,new,,,,,", "A-2,,To do,,,,,,");
  const before = await owner.call.changes.since({ workspaceId, seq: 0 });
  const dry = await importFiles(api, owner, { projectId, files, dryRun: true });
  expect(dry).toMatchObject({ mode: "dry", state: "done", error: null });
  expect(await allTasks(owner, projectId)).toEqual([]);
  const { changes } = await owner.call.changes.since({ workspaceId, seq: before.seq });
  expect(new Set(changes.map(({ entity }) => entity))).toEqual(new Set(["import"]));
  const real = await importFiles(api, owner, { projectId, files });
  expect(real.report).toEqual(dry.report);
  expect((await allTasks(owner, projectId))[0]?.key).toBe("APP-1");
});

test.each([
  ["half a file", "issues.json", '[{"number": 1, "title": "Wheel', "file_truncated"],
  [
    "a missing quote",
    "tasks.csv",
    'Title,Status\n"Wheel,To do\nSpoke,Done\n',
    "csv_quote_not_closed",
  ],
  ["JSON without end", "issues.json", "[".repeat(100_000), "json_too_deep"],
  ["a wrong encoding", "tasks.csv", new Uint8Array([84, 105, 116, 108, 101, 10, 0xe9, 0xe8]), null],
])("%s is refused with its place, and leaves nothing", async (_, name, content, reason) => {
  const { owner, projectId } = await openProject(api);
  const end = await importFiles(api, owner, { projectId, files: [new File([content], name)] });
  expect(end).toMatchObject({ state: "failed", report: null });
  if (reason) expect(end.error?.reason).toBe(reason);
  expect(end.error?.message).toMatch(/Nothing was imported\.$/);
  expect(await allTasks(owner, projectId)).toEqual([]);
  expect((await owner.call.projects.get({ id: projectId })).statuses).toHaveLength(5);
});

test("a preview shows what is in the files, and which column could be what", async () => {
  const { owner } = await openProject(api);
  const mill = textFile("tasks.csv", "What,State\nWheel,Done\nSpoke,Done\n");
  const fileIds = await upload(owner, [mill]);
  const unmapped = await owner.call.imports.preview({ fileIds });
  expect(unmapped).toMatchObject({ format: "csv", error: { reason: "no_title_column" } });
  expect(unmapped.csv).toMatchObject({
    headers: ["What", "State"],
    suggestedMapping: { 1: "status" },
  });
  const mapped = await owner.call.imports.preview({ fileIds, mapping: { What: "title" } });
  expect(mapped).toMatchObject({ format: "csv", tasks: 2, error: null });
  const github = await upload(owner, [json("issues.json", [issue(1)])]);
  expect(await owner.call.imports.preview({ fileIds: github })).toMatchObject({
    format: "github-json",
    name: "mill/wheel",
    tasks: 1,
    csv: null,
  });
});

test("viewers and strangers are refused, and nobody imports another's file", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  const [viewer, editor, stranger] = await Promise.all(["Vera", "Emil", "Sam"].map(api.person));
  if (!viewer || !editor || !stranger) throw new Error("three people");
  await api.join(workspaceId, viewer.user.id, "viewer");
  await api.join(workspaceId, editor.user.id, "editor");
  const start = async (person: typeof owner) =>
    person.call.imports.start({ projectId, fileIds: await upload(person, csv("Title", "Wheel")) });
  await expect(start(viewer)).rejects.toMatchObject({ reason: "role_too_low" });
  await expect(start(stranger)).rejects.toMatchObject({ reason: "not_found" });
  const { id } = await start(editor);
  expect((await viewer.call.imports.list({ projectId })).map((row) => row.id)).toEqual([id]);
  await expect(stranger.call.imports.get({ id })).rejects.toMatchObject({ reason: "not_found" });
  await expect(stranger.call.imports.list({ projectId })).rejects.toMatchObject({
    reason: "not_found",
  });
  const fileIds = await upload(owner, csv("Title", "Wheel"));
  await expect(editor.call.imports.start({ projectId, fileIds })).rejects.toMatchObject({
    reason: "not_found",
  });
  await expect(editor.call.imports.preview({ fileIds })).rejects.toMatchObject({
    reason: "not_found",
  });
});
