import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });

/** A document, in a project of the owner's own unless it is open, that points to `targetId`. */
async function pointing(title: string, targetId: string, isOpen = true) {
  const { owner, workspaceId } = team;
  const secret = {
    workspaceId,
    name: title,
    key: title.slice(0, 3).toUpperCase(),
    visibility: "private",
  } as const;
  const projectId = isOpen ? null : (await owner.call.projects.create(secret)).id;
  const { id } = await owner.call.documents.create({ workspaceId, projectId, title });
  const link = { documentId: id, target: "document" as const, targetId };
  await api.services.db.insert(schema.documentLinks).values(link);
  return id;
}

test("backlinks are those that the reader may see, for who may see what they point to", async () => {
  const { owner, viewer, stranger, workspaceId } = team;
  const { id } = await owner.call.documents.create({ workspaceId, title: "Handbook" });
  await pointing("Open", id);
  await pointing("Secret", id, false);
  await pointing("Elsewhere", uuidv7());
  await api.services.db
    .insert(schema.documentLinks)
    .values({ documentId: id, target: "document", targetId: id });
  const titles = async (who: TestPerson) =>
    (await who.call.documents.backlinks({ target: "document", id })).map(({ title }) => title);
  expect((await titles(owner)).toSorted()).toEqual(["Open", "Secret"]);
  expect(await titles(viewer)).toEqual(["Open"]);
  await expect(titles(stranger)).rejects.toEqual(reason("not_found"));
});

test("a link's target is told with its title and state, unless it is gone or hidden", async () => {
  const { owner, viewer, stranger, workspaceId } = team;
  const open = await pointing("Guide", uuidv7());
  const hidden = await pointing("Hidden", uuidv7(), false);
  const text = { documentId: open, seq: 1, text: "How we work. ".repeat(50), wordCount: 150 };
  await api.services.db.insert(schema.documentTexts).values(text);
  const task = await team.task("Paint it");
  const gone = await team.task("Gone");
  await owner.call.tasks.delete({ id: gone.id });
  const asked = { workspaceId, documentIds: [open, hidden, uuidv7()], taskIds: [task.id, gone.id] };
  const seen = await viewer.call.documents.linkTargets(asked);
  expect(seen.documents).toMatchObject([{ id: open, title: "Guide" }]);
  expect(seen.documents[0]?.excerpt).toBe(text.text.slice(0, 280));
  expect(seen.tasks).toMatchObject([{ id: task.id, key: task.key, title: "Paint it" }]);
  expect((await owner.call.documents.linkTargets(asked)).documents).toHaveLength(2);
  await expect(stranger.call.documents.linkTargets(asked)).rejects.toEqual(reason("not_found"));
});
