/** A team in the middle of its work, made through the API: what the screens are looked at with. */

import type { RouterOutputs } from "@guildhall/api/client";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import type { Guildhall, Person } from "../guildhall.ts";
import { makeDocuments } from "./sample-documents.ts";
import { makeFiles } from "./sample-files.ts";
import { makeGuests, makeLeftWorkspaces } from "./sample-guests.ts";
import { named } from "./sample-people.ts";
import {
  exportedIssues,
  labelColors,
  MAIN_TASK,
  mainChecklists,
  mainComments,
  mainDescription,
  mainSubtasks,
  type PersonName,
  type SampleTask,
  tasks,
  websiteTasks,
} from "./sample-tasks.ts";

type Project = Pick<RouterOutputs["projects"]["get"], "id" | "statuses" | "labels">;
type Team = Record<PersonName, Person>;

export type Sample = {
  workspaceId: string;
  /** Owns the workspace; most screens are hers. */
  owner: Person;
  viewer: Person;
  administrator: Person;
  /** Sees one project and one document of the workspace. */
  guest: Person;
  /** Is a guest of the workspace, and was let into nothing yet. */
  emptyGuest: Person;
  /** Is in no workspace yet. */
  newcomer: Person;
  /** Of the task with a description, subtasks, a blocker and comments. */
  mainTaskKey: string;
  /** Of a folder with documents in it. */
  folderId: string;
  /** Of a document with something of everything in its text. */
  documentId: string;
  /** Where an open invitation leads. */
  invitation: string;
  /** A file that can be imported, with rows that cannot. */
  exported: { name: string; mimeType: string; buffer: Buffer };
};

export const projectKeys = { app: "APP", website: "WEB", empty: "FEST" } as const;

/** The colour of a project comes from its id: the same in every run. */
const projectId = (key: string) =>
  `01900000-0000-7000-8000-00000000000${Object.values<string>(projectKeys).indexOf(key) + 3}`;

export async function makeSample(guildhall: Guildhall): Promise<Sample> {
  const team = await makeTeam(guildhall);
  const { maya } = team;
  const viewer = await named(guildhall, "Vera", "Vera Novak");
  const newcomer = await named(guildhall, "Noor", "Noor Haddad");

  const workspace = await maya.api.workspaces.create.mutate({ name: "Town Library" });
  const workspaceId = workspace.id;
  for (const person of Object.values(team)) {
    if (person === maya) continue;
    await joinWorkspace(maya, person, { workspaceId, role: "editor" });
  }
  await joinWorkspace(maya, viewer, { workspaceId, role: "viewer" });
  const invited = { workspaceId, email: "jonas@example.org", role: "editor" } as const;
  const { link } = await maya.api.invitations.create.mutate(invited);

  await makeGroups(team, workspaceId);
  const app = await makeProject(maya, workspaceId, "Reading app", projectKeys.app);
  const website = await makeProject(maya, workspaceId, "Website", projectKeys.website);
  await maya.api.projects.create.mutate({
    id: projectId(projectKeys.empty),
    workspaceId,
    name: "Summer festival",
    key: projectKeys.empty,
    visibility: "private",
  });
  await makeTasks(team, website, websiteTasks);
  const made = await makeTasks(team, app, tasks);
  const { id: mainTaskId, key: mainTaskKey } = await tellMainTask(team, app, made);
  await maya.api.tokens.create.mutate({ name: "Nightly report", scope: "read", days: 90 });

  const place = { workspaceId, projectId: app.id };
  const task = { id: mainTaskId, title: MAIN_TASK };
  const { handbook, plan } = await makeDocuments(maya, place, { person: team.ines, task });
  await makeFiles(guildhall, maya, app.id);
  joinBoard(team, { workspaceId, projectId: app.id, taskId: mainTaskId });

  const guests = await makeGuests(guildhall, maya, { workspaceId, projectId: app.id, plan });
  await makeLeftWorkspaces(guildhall);

  const exported = {
    name: "library-issues.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(exportedIssues())),
  };
  return {
    workspaceId,
    owner: maya,
    viewer,
    administrator: guildhall.administrator(),
    ...guests,
    newcomer,
    mainTaskKey,
    folderId: handbook,
    documentId: plan,
    invitation: link,
    exported,
  };
}

async function makeTeam(guildhall: Guildhall): Promise<Team> {
  return {
    maya: await named(guildhall, "Maya", "Maya Lindqvist"),
    tomas: await named(guildhall, "Tomas", "Tomáš Procházka"),
    ines: await named(guildhall, "Ines", "Inês Moreira"),
    kofi: await named(guildhall, "Kofi", "Kofi Asante"),
    hanna: await named(guildhall, "Hanna", "Hanna Virtanen"),
    liam: await named(guildhall, "Liam", "Liam O’Connor"),
  };
}

async function makeProject(owner: Person, workspaceId: string, name: string, key: string) {
  const { id } = await owner.api.projects.create.mutate({
    id: projectId(key),
    workspaceId,
    name,
    key,
  });
  for (const [name, color] of Object.entries(labelColors)) {
    await owner.api.labels.create.mutate({ projectId: id, name, color });
  }
  const before = await owner.api.projects.get.query({ id });
  const review = { projectId: id, name: "In review", category: "started" } as const;
  const added = await owner.api.statuses.create.mutate(review);
  const done = before.statuses.find((status) => status.name === "Done");
  if (!done) throw new Error("A new project has no column Done.");
  await owner.api.statuses.update.mutate({ id: added.id, patch: { beforeId: done.id } });
  return owner.api.projects.get.query({ id });
}

async function makeGroups({ maya, kofi, ines, hanna }: Team, workspaceId: string) {
  const create = maya.api.groups.create.mutate;
  await create({
    workspaceId,
    name: "Accessibility",
    color: "#2f9e8f",
    description: "Whoever reads by ear, and those who test with them.",
    role: "editor",
    memberIds: [kofi.id, ines.id],
  });
  await create({ workspaceId, name: "Front desk", memberIds: [hanna.id] });
}

type Made = Map<string, RouterOutputs["tasks"]["create"]>;

/** One after the other, so that numbers and places are the same in every run. */
async function makeTasks(
  team: Team,
  project: Project,
  wanted: readonly SampleTask[],
  parentId?: string,
): Promise<Made> {
  const made: Made = new Map();
  const idOf = (rows: readonly { id: string; name: string }[], name: string) =>
    rows.find((row) => row.name === name)?.id ?? "";
  for (const { title, status, priority, who = [], labels = [], due, estimate } of wanted) {
    const author = team[who[0] ?? "maya"];
    const task = await author.api.tasks.create.mutate({
      projectId: project.id,
      title,
      statusId: idOf(project.statuses, status),
      assigneeIds: who.map((name) => team[name].id),
      labelIds: labels.map((name) => idOf(project.labels, name)),
      ...(priority && { priority }),
      ...(due !== undefined && { dueDate: day(due) }),
      ...(estimate !== undefined && { estimate }),
      ...(parentId && { parentId }),
    });
    made.set(title, task);
  }
  return made;
}

async function tellMainTask(team: Team, project: Project, made: Made) {
  const idOf = (title: string) => made.get(title)?.id ?? "";
  const id = idOf(MAIN_TASK);
  await makeTasks(team, project, mainSubtasks, id);
  const { api } = team.maya;
  const blockedByIds = [idOf("Page turns take 40 ms on the lent tablets")];
  await api.tasks.update.mutate({ id, patch: { description: mainDescription, blockedByIds } });
  const waiting = idOf("Download a whole series for the journey");
  await api.tasks.update.mutate({ id: waiting, patch: { blockedByIds: [id] } });
  for (const [name, body] of mainComments) {
    await team[name].api.comments.create.mutate({ taskId: id, body });
  }
  for (const { title, items } of mainChecklists) {
    const { id: checklistId } = await api.checklists.create.mutate({ taskId: id, title });
    await api.checklists.addItems.mutate({
      checklistId,
      items: items.map(({ who, due, ...item }) => ({
        ...item,
        ...(who && { assigneeId: team[who].id }),
        ...(due !== undefined && { dueDate: day(due) }),
      })),
    });
  }
  const other = idOf("Footnotes open beside the text");
  const body = `Ready to be tried, [@Maya](guildhall:user/${team.maya.id}).`;
  await team.tomas.api.comments.create.mutate({ taskId: other, body });
  await api.comments.create.mutate({ taskId: other, body: "Trying it on the tablet tonight." });
  return { id, key: made.get(MAIN_TASK)?.key ?? "" };
}

type Places = { workspaceId: string; projectId: string; taskId: string };

/** The rest of the team is there too, until the server stops: on the board, in a task, elsewhere. */
function joinBoard({ tomas, ines, kofi, hanna }: Team, { workspaceId, projectId, taskId }: Places) {
  const at = ({ api }: Person, place?: { projectId?: string; taskId?: string }) =>
    api.presence.here.subscribe({ workspaceId, place }, {});
  at(tomas, { projectId });
  at(ines, { projectId, taskId });
  at(hanna, { projectId });
  at(kofi);
}

function day(fromToday: number): string {
  const date = new Date();
  date.setDate(date.getDate() + fromToday);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
