/**
 * Makes a workspace with a project of N tasks through the typed client, as a team would have them:
 * people, labels, due dates, most of the work done or waiting, a little of it under way.
 *
 *   npm run bench -- seed --url http://127.0.0.1:8001 --tasks 10000
 *
 * prints the account and the address of the board. The same N gives the same tasks each time.
 */
import { parseArgs } from "node:util";
import { createClient, type GuildhallClient, type RouterOutputs } from "@guildhall/api/client";
import { joinWorkspace } from "@guildhall/testing/join-workspace";

export const PASSWORD = "a password for measuring";
const IN_FLIGHT = 40;

const names = [
  "Ada Lovelace",
  "Grace Hopper",
  "Alan Turing",
  "Mary Shelley",
  "李雷",
  "Zoë Ångström",
];
const labels = { Bug: "#d64545", Feature: "#7c5cd6", Sync: "#2a9d8f", Design: "#d6568f" };
const verbs = ["Show", "Keep", "Explain", "Test", "Retry", "Draw", "Import", "Measure", "Undo"];
const things = [
  "the order of cards when two people drop at once",
  "an upload from where it stopped",
  "who else is looking at a task",
  "empty states",
  "the last hour of changes after a laptop slept, in order and without a reload",
  "a column’s count",
  "long titles that need a second line on the card, and shorten the third with an ellipsis at its end",
];
const priorities = ["none", "none", "none", "low", "medium", "high", "urgent"] as const;

type Project = RouterOutputs["projects"]["create"];
type Task = Parameters<GuildhallClient["tasks"]["create"]["mutate"]>[0];
export type Seeded = { email: string; password: string; workspaceId: string; projectKey: string };

/** A small generator with a seed: the same tasks in each run, so that runs can be compared. */
function chances(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T };
}

export async function seed(url: string, tasks: number): Promise<Seeded> {
  const anonymous = createClient({ url });
  const stamp = Date.now().toString(36);
  const people = await Promise.all(
    names.map((name, i) => register(anonymous, name, `person-${i}-${stamp}@example.org`)),
  );
  const [owner] = people;
  if (!owner) throw new Error("Somebody must own the workspace.");
  const client = createClient({ url, token: owner.token });
  const { id: workspaceId } = await client.workspaces.create.mutate({ name: "Analytical Engines" });
  for (const { email, token } of people.slice(1)) {
    const guest = { email, api: createClient({ url, token }) };
    await joinWorkspace({ api: client }, guest, { workspaceId, role: "editor" });
    await guest.api.close();
  }
  const made = { workspaceId, name: "Desktop app", key: "APP" };
  const project = await client.projects.create.mutate(made);
  const labelIds: string[] = [];
  for (const [name, color] of Object.entries(labels)) {
    const id = crypto.randomUUID();
    await client.labels.create.mutate({ id, projectId: project.id, name, color });
    labelIds.push(id);
  }
  const ids = people.map((p) => p.id);
  await inFlight(inputs(project, ids, labelIds, tasks), (input) =>
    client.tasks.create.mutate(input),
  );
  await Promise.all([anonymous.close(), client.close()]);
  return { email: owner.email, password: PASSWORD, workspaceId, projectKey: project.key };
}

async function register(client: GuildhallClient, name: string, email: string) {
  const { token, user } = await client.auth.register.mutate({ email, name, password: PASSWORD });
  return { token, id: user.id, email };
}

function* inputs(project: Project, people: string[], labelIds: string[], count: number) {
  const chance = chances(42);
  const [backlog, todo, doing, done] = project.statuses;
  if (!backlog || !todo || !doing || !done) throw new Error("A project starts with four statuses.");
  for (let i = 0; i < count; i++) {
    const share = chance.next();
    const status = share < 0.4 ? done : share < 0.7 ? backlog : share < 0.95 ? todo : doing;
    yield {
      projectId: project.id,
      title: `${chance.of(verbs)} ${chance.of(things)}`,
      statusId: status.id,
      priority: chance.of(priorities),
      assigneeIds: chance.next() < 0.6 ? [chance.of(people)] : [],
      labelIds: chance.next() < 0.5 ? [chance.of(labelIds)] : [],
      dueDate: chance.next() < 0.3 ? dayFromNow(Math.round(chance.next() * 60 - 20)) : null,
    } satisfies Task;
  }
}

const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function inFlight<T>(items: Iterable<T>, send: (item: T) => Promise<unknown>) {
  const waiting = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await send(next.value);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      url: { type: "string", default: "http://127.0.0.1:8001" },
      tasks: { type: "string", default: "10000" },
    },
  });
  const started = performance.now();
  const { email, password, workspaceId, projectKey } = await seed(values.url, Number(values.tasks));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${values.tasks} tasks in ${seconds} s. Sign in as ${email} / ${password}`);
  console.log(`${values.url}/w/${workspaceId}/p/${projectKey}/board`);
}
