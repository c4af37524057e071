import { schema } from "@guildhall/db";
import { startTestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { startTestMeilisearch } from "../../testing/meilisearch.ts";
import { eraseProject } from "./erase-project.ts";
import { eraseWorkspace } from "./erase-workspace.ts";

const longAgo = sql`now() - interval '15 days'`;

test("an index outside finds nothing of a deleted project, and holds nothing of what was erased", async () => {
  const meilisearch = await startTestMeilisearch();
  const api = await startTestApi({}, { meilisearch });
  const { owner, workspaceId, project, task } = await makeTeam(api);
  const { services } = api;
  await task("Zebrafinch");
  const open = await owner.call.projects.create({ workspaceId, name: "Open", key: "OPEN" });
  await owner.call.tasks.create({ projectId: open.id, title: "Albatross" });
  const found = async (text: string) =>
    (await owner.call.search.find({ workspaceId, text })).items.length;
  await services.search.settled();
  await expect.poll(() => found("zebrafinch")).toBe(1);

  await owner.call.projects.delete({ id: project.id, name: "App" });
  expect(await found("zebrafinch")).toBe(0);
  expect(await found("albatross")).toBe(1);
  const { projects, workspaces } = schema;
  await services.db.update(projects).set({ deletedAt: longAgo }).where(eq(projects.id, project.id));
  for await (const _ of eraseProject(services, project.id));
  await expect.poll(() => meilisearch.holds("Zebrafinch")).toBe(false);
  expect(meilisearch.holds("Albatross")).toBe(true);

  await owner.call.workspaces.delete({ workspaceId, name: "Mill" });
  await services.db
    .update(workspaces)
    .set({ deletedAt: longAgo })
    .where(eq(workspaces.id, workspaceId));
  for await (const _ of eraseWorkspace(services, workspaceId));
  await expect.poll(() => meilisearch.size()).toBe(0);
  await api.stop();
  await meilisearch.stop();
});
