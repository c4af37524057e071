import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { invariant } from "../core/errors.ts";
import type { Change } from "../core/feed/change.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

/** As many more as are asked for, past the verbs: what is measured is one change among them. */
async function fill({ project }: Team, labels: number, statuses: number) {
  const projectId = project.id;
  const named = (n: number) => ({ id: uuidv7(), projectId, name: `Number ${1000 + n}` });
  const made = {
    labels: Array.from({ length: labels }, (_, n) => ({ ...named(n), color: "#112233" })),
    statuses: Array.from({ length: statuses }, (_, n) => ({
      ...named(n),
      category: "started" as const,
      rank: `b${String(n).padStart(3, "0")}a`,
    })),
  };
  if (labels) await api.services.db.insert(schema.labels).values(made.labels);
  if (statuses) await api.services.db.insert(schema.statuses).values(made.statuses);
}

/** Everything that people do to a project and its parts, by what is done. */
function acts({ owner: { call }, project }: Team) {
  const projectId = project.id;
  const [labelId, statusId] = [uuidv7(), uuidv7()];
  const moveTo = invariant(project.statuses[0], "a project has a status").id;
  const label = { id: labelId, projectId, name: "Bug", color: "#ff0000" };
  const status = { id: statusId, projectId, name: "Review", category: "started" } as const;
  type Act = (mutationId: string) => Promise<unknown>;
  return {
    "create a label": (m) => call.labels.create({ ...label, mutationId: m }),
    "recolour a label": (m) =>
      call.labels.update({ id: labelId, patch: { color: "#00ff00" }, mutationId: m }),
    "create a status": (m) => call.statuses.create({ ...status, mutationId: m }),
    "move a status": (m) =>
      call.statuses.update({ id: statusId, patch: { beforeId: moveTo }, mutationId: m }),
    "rename a project": (m) =>
      call.projects.update({ id: projectId, patch: { name: "Application" }, mutationId: m }),
    "archive a project": (m) => call.projects.archive({ id: projectId, mutationId: m }),
    "restore a project": (m) => call.projects.restore({ id: projectId, mutationId: m }),
    "delete a status": (m) => call.statuses.delete({ id: statusId, moveTo, mutationId: m }),
    "delete a label": (m) => call.labels.delete({ id: labelId, mutationId: m }),
  } satisfies Record<string, Act>;
}

async function bytesOfActs(team: Team) {
  const bytes: Record<string, number> = {};
  for (const [what, act] of Object.entries(acts(team))) {
    const mutationId = uuidv7();
    const changes = await team.changesOf(() => act(mutationId));
    const [kept] = await api.services.db
      .select()
      .from(schema.mutations)
      .where(eq(schema.mutations.id, mutationId));
    const size = (value: unknown) => JSON.stringify(value).length;
    bytes[what] = size(changes.map(({ row }) => row)) + size(kept?.answer);
  }
  return bytes;
}

test("what one change writes does not grow with the number of labels and statuses", async () => {
  const few = await makeTeam(api);
  const many = await makeTeam(api);
  await fill(many, 400, 40);
  const [least, most] = [await bytesOfActs(few), await bytesOfActs(many)];
  for (const [what, bytes] of Object.entries(least)) {
    // A rank among many may be some letters longer.
    expect(most[what], what).toBeLessThan(bytes + 20);
    expect(bytes, what).toBeLessThan(1_500);
  }
});

test("each status and label is told of by itself, and a new project's columns behind it", async () => {
  const { owner, workspaceId, changesOf } = await makeTeam(api);
  const told = (changes: Change[]) => changes.map(({ entity, op }) => `${entity} ${op}`);
  const id = uuidv7();
  const create = { id, workspaceId, name: "Web", key: "WEB" };
  const made = await changesOf(() => owner.call.projects.create(create));
  expect(told(made)).toEqual(["project insert", ...Array(5).fill("status insert")]);
  expect(made[0]?.row).not.toHaveProperty("statuses");
  const { statuses } = await owner.call.projects.get({ id });
  expect(made.slice(1).map(({ row }) => row)).toEqual(
    statuses.map((status) => ({ ...status, projectId: id })),
  );
  const label = { id: uuidv7(), projectId: id, name: "Bug", color: "#ff0000" };
  const changes = await changesOf(async () => {
    expect(await owner.call.labels.create(label)).toEqual(label);
    await owner.call.labels.update({ id: label.id, patch: { name: "Fault" } });
    await owner.call.labels.delete({ id: label.id });
  });
  expect(told(changes)).toEqual(["label insert", "label update", "label delete"]);
  expect(changes[1]?.row).toEqual({ ...label, name: "Fault" });
});

test("a project has room for 500 labels and 50 statuses, and says so when there is none", async () => {
  const team = await makeTeam(api);
  const { owner, project } = team;
  const projectId = project.id;
  await fill(team, 499, 44);
  const label = (name: string) => owner.call.labels.create({ projectId, name, color: "#112233" });
  const status = (name: string) =>
    owner.call.statuses.create({ projectId, name, category: "started" });
  const last = await label("The last");
  const column = await status("The last");
  await expect(label("One more")).rejects.toEqual(reason("too_many_labels"));
  await expect(status("One more")).rejects.toEqual(reason("too_many_statuses"));
  await expect(label("One more")).rejects.toThrow(/500 labels.*Delete one/);
  await owner.call.labels.update({ id: last.id, patch: { name: "Renamed" } });
  await owner.call.statuses.update({ id: column.id, patch: { name: "Renamed" } });
  await owner.call.labels.delete({ id: last.id });
  await owner.call.statuses.delete({ id: column.id, moveTo: team.statusOf("started") });
  const both = await Promise.allSettled([label("This"), label("Or this")]);
  expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("who may not see the project hears nothing of its labels", async () => {
  const { owner, viewer, workspaceId, position } = await makeTeam(api);
  const seq = await position();
  const secret = { workspaceId, name: "Secret", key: "SECRET", visibility: "private" } as const;
  const { id: projectId } = await owner.call.projects.create(secret);
  await owner.call.labels.create({ projectId, name: "Secret label", color: "#112233" });
  await owner.call.statuses.create({ projectId, name: "Secret status", category: "started" });
  const { changes } = await viewer.call.changes.since({ workspaceId, seq });
  expect(changes).toEqual([]);
});
