import { statementsOf } from "@guildhall/db/testing/statements";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActivityChange, sentencesFor, type ToldEntity } from "./sentences.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

type Asked = Omit<Parameters<TestPerson["call"]["activity"]["list"]>[0], "workspaceId">;

async function told(who: TestPerson, asked: Asked = {}) {
  const { workspaceId } = team;
  const { items, names, ...rest } = await who.call.activity.list({ workspaceId, ...asked });
  const named = (list: { id: string; key?: string; title: string }[], id: string) => {
    const found = list.find((each) => each.id === id);
    return found ? (found.key ?? found.title) : null;
  };
  const words = {
    status: (id: string) => team.project.statuses.find((s) => s.id === id)?.name ?? null,
    label: () => null,
    person: (id: string) => (id === team.editor.user.id ? "Eli" : null),
    task: (id: string) => named(names.tasks, id),
    day: (day: string) => day,
    list: (each: string[]) => each.join(" and "),
  };
  const sentences = items.flatMap((item) =>
    sentencesFor(item.entity as ToldEntity, item as ActivityChange<ToldEntity>, words).map(
      (sentence) => `${named([...names.tasks, ...names.documents], item.subject.id)}: ${sentence}`,
    ),
  );
  return { items, names, sentences, ...rest };
}

async function privateProject() {
  const { owner, workspaceId } = team;
  const key = `P${uuidv7().slice(-5).toUpperCase()}`;
  const asked = { workspaceId, name: "Secret plan", key, visibility: "private" as const };
  return owner.call.projects.create(asked);
}

test("a project's activity is told newest first, in sentences of each thing", async () => {
  const { owner, editor, project, statusOf } = team;
  const task = await owner.call.tasks.create({ projectId: project.id, title: "First" });
  await owner.call.tasks.update({
    id: task.id,
    patch: { statusId: statusOf("completed"), assigneeIds: [editor.user.id] },
  });
  await editor.call.comments.create({ taskId: task.id, body: "Well done" });
  const document = await owner.call.documents.create({
    ...{ workspaceId: team.workspaceId, projectId: project.id, title: "Plan" },
  });
  await owner.call.documents.update({ id: document.id, patch: { title: "The plan" } });
  const { sentences, names, items } = await told(owner, { projectId: project.id });
  expect(sentences.slice(0, 6)).toEqual([
    "The plan: renamed the document from “Plan”",
    "The plan: created the document",
    `${task.key}: commented`,
    `${task.key}: changed the status from To do to Done`,
    `${task.key}: assigned Eli`,
    `${task.key}: created the task`,
  ]);
  expect(names.comments).toMatchObject([{ excerpt: "Well done" }]);
  expect(items[0]).toMatchObject({ actorId: owner.user.id, subject: { entity: "document" } });
  const ofDocument = await told(owner, { documentId: document.id });
  expect(ofDocument.sentences).toHaveLength(2);
});

test("what one may not see is told nowhere: neither its changes nor its name", async () => {
  const { owner, editor, project } = team;
  const secret = await privateProject();
  const hidden = await owner.call.tasks.create({ projectId: secret.id, title: "Buy the rival" });
  const open = await owner.call.tasks.create({ projectId: project.id, title: "Open" });
  const document = await owner.call.documents.create({
    ...{ workspaceId: team.workspaceId, title: "Salaries" },
  });
  await owner.call.documents.setVisibility({ id: document.id, visibility: "private" });

  const all = await told(owner);
  expect(all.sentences).toContain(`${hidden.key}: created the task`);
  for (const asked of [{}, { projectId: project.id }]) {
    const seen = await told(editor, asked);
    expect(seen.sentences).toContain(`${open.key}: created the task`);
    const answer = JSON.stringify(
      await editor.call.activity.list({ ...asked, workspaceId: team.workspaceId }),
    );
    for (const word of ["rival", "Secret", hidden.key, "Salaries"]) {
      expect(answer, word).not.toContain(word);
    }
  }
  const ask = (input: Asked) =>
    editor.call.activity.list({ workspaceId: team.workspaceId, ...input });
  await expect(ask({ projectId: secret.id })).rejects.toMatchObject({ reason: "not_found" });
  await expect(ask({ documentId: document.id })).rejects.toMatchObject({ reason: "not_found" });
});

test("a document that goes from some people to others is neither deleted nor created by that", async () => {
  const { owner, editor, workspaceId } = team;
  const { id } = await owner.call.documents.create({ workspaceId, title: "Budget" });
  await owner.call.documents.setVisibility({ id, visibility: "private" });
  await owner.call.documents.update({ id, patch: { title: "The budget" } });
  const sentencesOf = async (who: TestPerson) => (await told(who, { documentId: id })).sentences;
  expect(await sentencesOf(owner)).toEqual([
    "The budget: renamed the document from “Budget”",
    "The budget: made the document private",
    "The budget: created the document",
  ]);
  await owner.call.documents.setVisibility({ id, visibility: "inherited" });
  const [opened, ...before] = await sentencesOf(owner);
  expect(opened).toBe("The budget: opened the document to all");
  expect(before).toHaveLength(3);
  // Who could not see it then hears of it what they may see now.
  expect(await sentencesOf(editor)).toEqual([
    "The budget: shared the document",
    "The budget: created the document",
  ]);
  await owner.call.documents.delete({ id });
  await owner.call.documents.restoreFromTrash({ id });
  expect((await sentencesOf(owner))[0]).toBe("The budget: restored the document");
});

test("it is read a page at a time, and on from where one stood, each change once", async () => {
  const { owner, project } = team;
  const task = await owner.call.tasks.create({ projectId: project.id, title: "n0" });
  for (let i = 1; i < 6; i++) {
    await owner.call.tasks.update({ id: task.id, patch: { title: `n${i}` } });
  }
  const whole = await told(owner, { projectId: project.id });
  const seen: number[] = [];
  let cursor: number | null | undefined;
  do {
    const page = await told(owner, { projectId: project.id, limit: 3, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ seq }) => seq));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(whole.items.map(({ seq }) => seq));
  await owner.call.tasks.update({ id: task.id, patch: { title: "last" } });
  const more = await told(owner, { projectId: project.id, after: whole.seq });
  expect(more.sentences).toEqual([`${task.key}: changed the title from “n5”`]);
});

test("it asks the database a few times, however many changes there are", async () => {
  const { owner, workspaceId } = team;
  const count = async (limit: number) =>
    (await statementsOf(api.services.db, () => owner.call.activity.list({ workspaceId, limit })))
      .length;
  expect(await count(200)).toBeLessThanOrEqual(8);
});
