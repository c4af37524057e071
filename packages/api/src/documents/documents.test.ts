import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

test("an editor makes a document, the feed tells of it, and who may see the place sees it", async () => {
  const { editor, viewer, stranger, workspaceId, changesOf } = team;
  const make = () => editor.call.documents.create({ workspaceId, title: " Handbook " });
  const changes = await changesOf(make);
  expect(changes).toMatchObject([
    { entity: "document", op: "insert", row: { title: "Handbook", parentId: null, areaId: null } },
  ]);
  const { items } = await viewer.call.documents.list({ workspaceId });
  expect(items).toEqual([changes[0]?.row]);
  await expect(viewer.call.documents.create({ workspaceId })).rejects.toEqual(
    reason("role_too_low"),
  );
  const { id } = items[0] ?? { id: "" };
  expect(await viewer.call.documents.get({ id })).toMatchObject({ id, role: "viewer" });
  await expect(stranger.call.documents.get({ id })).rejects.toEqual(reason("not_found"));
});
