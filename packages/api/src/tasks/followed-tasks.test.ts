import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
});
beforeEach(async () => {
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const followed = async () => {
  const { items } = await team.editor.call.tasks.followed({ workspaceId: team.workspaceId });
  return items.map(({ title }) => title).sort();
};

test("what one made, spoke about, was named in or chose to follow; not what is one's own, muted or done", async () => {
  const { owner, editor, project, statusOf } = team;
  await team.task("Nothing of mine");
  const made = await editor.call.tasks.create({ projectId: project.id, title: "Made" });
  const spoken = await team.task("Spoken");
  await editor.call.comments.create({ taskId: spoken.id, body: "Hm" });
  const named = await team.task("Named");
  const body = `[@Eli](guildhall:user/${editor.user.id})`;
  await owner.call.comments.create({ taskId: named.id, body });
  const chosen = await team.task("Chosen");
  const follow = (id: string, state: "follow" | "mute" | null) =>
    editor.call.follows.set({ entity: "task", id, state });
  await follow(chosen.id, "follow");
  expect(await followed()).toEqual(["Chosen", "Made", "Named", "Spoken"]);

  await follow(named.id, "mute");
  await follow(chosen.id, null);
  await owner.call.tasks.update({ id: made.id, patch: { assigneeIds: [editor.user.id] } });
  await owner.call.tasks.update({ id: spoken.id, patch: { statusId: statusOf("completed") } });
  expect(await followed()).toEqual([]);
});

test("what one may no longer see is not among them", async () => {
  const { owner, editor, project } = team;
  await editor.call.tasks.create({ projectId: project.id, title: "Made" });
  expect(await followed()).toEqual(["Made"]);
  await owner.call.projects.update({ id: project.id, patch: { visibility: "private" } });
  expect(await followed()).toEqual([]);
});
