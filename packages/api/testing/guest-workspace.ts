/** For tests: a workspace made at random into which a guest was let here and there; each thing and each person has a word of its own. */

import { emptyDocument, writeDocument } from "@guildhall/document-model";
import type { TestApi, TestPerson } from "@guildhall/testing/api";
import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { storeFile } from "../src/files/upload/store-file.ts";

const grant = fc.constantFrom("viewer" as const, "editor" as const, null, null);
const project = fc.record({ isOpen: fc.boolean(), grant });
const document = fc.record({
  /** Below the one so many before it; in a project; or at the top of the workspace. */
  under: fc.option(fc.nat(3)),
  inProject: fc.option(fc.nat(5)),
  isPrivate: fc.boolean(),
  grant,
});
export const workspacePlan = fc.record({
  projects: fc.array(project, { minLength: 2, maxLength: 3 }),
  documents: fc.array(document, { minLength: 3, maxLength: 6 }),
});
export type WorkspacePlan = typeof workspacePlan extends fc.Arbitrary<infer P> ? P : never;

let words = 0;
/** Nothing else is called that, and no other word begins or ends like it. */
const freshWord = () => `zq${(36 ** 5 + words++ * 7919).toString(36)}zq`;

/** A project or a document with all that is in it, and somebody who works there and nowhere else. */
export type PlaceMade = {
  id: string;
  kind: "project" | "document";
  ids: string[];
  /** That somebody may ask for. */
  asked: string[];
  words: string[];
  worker: TestPerson;
  isVisible: boolean;
  /** It stood where the guest sees it before it was made private: they had it, and were told to forget it. */
  wasVisible: boolean;
  /** Where it stands: what a row of it names by id. */
  around: string[];
  /** Of a document, that was kept of it and given a name. */
  versionId?: string;
};

type Making = { api: TestApi; owner: TestPerson; workspaceId: string; guestId: string };

export async function makeGuestWorkspace(api: TestApi, plan: WorkspacePlan) {
  const owner = await api.person(`Owner ${freshWord()}`);
  const guest = await api.person(`Guest ${freshWord()}`);
  const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
  await api.join(workspaceId, guest.user.id, "guest");
  // A member who is named nowhere.
  const bystander = await api.person(freshWord());
  await api.join(workspaceId, bystander.user.id, "editor");
  const making = { api, owner, workspaceId, guestId: guest.user.id };
  const places: PlaceMade[] = [];
  for (const [n, each] of plan.projects.entries()) places.push(await makeProject(making, each, n));
  const tree: Stem[] = [];
  for (const each of plan.documents) {
    const made = await makeDocument(making, each, { tree, projects: places });
    tree.push(made.stem);
    places.push(made.place);
  }
  return { owner, guest, bystander, workspaceId, places };
}
export type GuestWorkspace = Awaited<ReturnType<typeof makeGuestWorkspace>>;

async function makeWorker({ api, workspaceId }: Making) {
  const worker = await api.person(freshWord());
  await api.join(workspaceId, worker.user.id, "editor");
  return worker;
}

async function makeProject(
  making: Making,
  { isOpen, grant }: WorkspacePlan["projects"][number],
  n: number,
): Promise<PlaceMade> {
  const { api, owner, workspaceId, guestId } = making;
  const { call } = owner;
  const word = freshWord();
  const visibility = isOpen ? "open" : "private";
  const made = { workspaceId, name: word, key: `P${n}`, visibility } as const;
  const { id, statuses } = await call.projects.create(made);
  const worker = await makeWorker(making);
  const userId = worker.user.id;
  if (!isOpen) await call.projects.setMember({ projectId: id, userId, role: "editor" });
  if (grant) await call.projects.setMember({ projectId: id, userId: guestId, role: grant });
  const [title, label, item, said, file] = Array.from({ length: 5 }, freshWord) as [
    ...[string, string, string, string, string],
  ];
  const labelId = uuidv7();
  await call.labels.create({ id: labelId, projectId: id, name: label, color: "#112233" });
  const as = worker.call;
  const task = await as.tasks.create({ projectId: id, title, assigneeIds: [userId] });
  const { id: checklistId } = await as.checklists.create({ taskId: task.id, title: item });
  const comment = await as.comments.create({ taskId: task.id, body: said });
  const writer = { services: api.services, actor: { user: worker.user }, path: "files.upload" };
  const content = Buffer.from(file);
  const stored = await storeFile(writer, {
    name: `${file}.txt`,
    place: { taskId: task.id },
    content,
  });
  const sheet = new File(["Title\r\nPlan\r\n"], "plans.csv");
  const fileId = await worker.upload(workspaceId, sheet);
  const run = await as.imports.start({ projectId: id, fileIds: [fileId], dryRun: true });
  await importEnded(as, run.id);
  return {
    ...{ id, kind: "project", worker, isVisible: grant !== null, around: [] },
    wasVisible: false,
    asked: [id, task.id, comment.id, stored.id, run.id],
    ids: [
      ...[id, task.id, checklistId, comment.id, labelId, stored.id, run.id],
      ...statuses.map((s) => s.id),
    ],
    words: [word, title, label, item, said, file],
  };
}

/** What it found is in its row from then on. */
async function importEnded({ imports }: TestPerson["call"], id: string) {
  for (;;) {
    const { finishedAt } = await imports.get({ id });
    if (finishedAt) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** How the guest stands to it, reckoned by other code than the product's. */
type Stem = {
  id: string;
  around: string[];
  decided: boolean | null;
  projectVisible: boolean;
  projectId: string | null;
};

async function makeDocument(
  making: Making,
  plan: WorkspacePlan["documents"][number],
  { tree, projects }: { tree: Stem[]; projects: PlaceMade[] },
): Promise<{ stem: Stem; place: PlaceMade }> {
  const { owner, workspaceId, guestId } = making;
  const { call } = owner;
  const parent = plan.under === null ? undefined : tree.at(-1 - plan.under);
  const all = projects.filter(({ kind }) => kind === "project");
  const project = parent || plan.inProject === null ? undefined : all[plan.inProject % all.length];
  const projectId = parent ? parent.projectId : (project?.id ?? null);
  const [title, quote, version] = [freshWord(), freshWord(), freshWord()];
  const where = parent ? { parentId: parent.id } : { projectId };
  const { id } = await call.documents.create({ workspaceId, ...where, title });
  const worker = await makeWorker(making);
  if (plan.isPrivate) await call.documents.setVisibility({ id, visibility: "private" });
  await call.documents.setMember({ id, userId: worker.user.id, role: "editor" });
  if (plan.grant) await call.documents.setMember({ id, userId: guestId, role: plan.grant });
  const begun = await worker.call.threads.begin({
    ...{ documentId: id, anchor: { from: "AQAA", to: "AQAB" }, quote },
    comment: { body: quote },
  });
  const update = Buffer.from(writeDocument(emptyDocument())).toString("base64");
  await worker.call.documents.push({ documentId: id, id: uuidv7(), update });
  const named = await worker.call.documents.nameVersion({ documentId: id, name: version });
  const decided = plan.grant ? true : plan.isPrivate ? false : (parent?.decided ?? null);
  const projectVisible = parent ? parent.projectVisible : Boolean(project?.isVisible);
  const wasVisible = parent?.decided ?? projectVisible;
  const around = parent ? [...parent.around, parent.id] : projectId ? [projectId] : [];
  return {
    stem: { id, around, decided, projectVisible, projectId },
    place: {
      ...{ id, kind: "document", worker, around, isVisible: decided ?? projectVisible },
      ...{ wasVisible, versionId: named.id },
      ids: [id, begun.thread.id, begun.comment.id, named.id],
      asked: [id, begun.thread.id, begun.comment.id],
      words: [title, quote, version],
    },
  };
}

/** What the guest must not be told, and what they may. */
export function secretsOf({ owner, guest, bystander, places }: GuestWorkspace) {
  const visible = places.filter(({ isVisible }) => isVisible);
  const hidden = places.filter(({ isVisible }) => !isVisible);
  // By id alone a document says where it stands.
  const named = new Set([
    ...visible.flatMap(({ around }) => around),
    ...hidden.flatMap(({ wasVisible, id }) => (wasVisible ? [id] : [])),
  ]);
  const addresses = [owner, bystander, ...places.map(({ worker }) => worker)].map(
    ({ user }) => user.email,
  );
  const strangers = [bystander, ...hidden.map(({ worker }) => worker)];
  return {
    hidden: [
      ...hidden.flatMap(({ ids, words }) => [...ids.filter((id) => !named.has(id)), ...words]),
      ...strangers.flatMap(({ user }) => [user.id, user.name]),
      ...addresses,
    ],
    visible: [...visible.flatMap(({ ids, words }) => [...ids, ...words]), guest.user.id],
    firstVisible: visible[0],
  };
}

export const idsOfAll = ({ places }: GuestWorkspace) =>
  places.flatMap(({ asked, worker }) => [...asked, worker.user.id]);
export const wordsOfAll = ({ places }: GuestWorkspace) => places.flatMap((each) => each.words);
export const keyOf = (n: number) => `P${n}-1`;
