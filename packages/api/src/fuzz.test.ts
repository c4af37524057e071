/**
 * Every procedure with inputs made from its own schema. Whatever comes in, the answer is a result
 * or an error with a stable reason; never a failure of the server.
 */

import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { arbitraryOf, type Real } from "@guildhall/testing/arbitrary-input";
import { type AnyProcedure, TRPCError } from "@trpc/server";
import fc from "fast-check";
import superjson from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { matrix } from "../testing/access-matrix.ts";
import { inputsOf, procedureAt, procedures } from "../testing/procedures.ts";
import { makeWorld } from "../testing/world.ts";
import { transformer } from "./core/encoding/transformer.ts";
import { invariant } from "./core/errors.ts";
import { reasonOf } from "./core/trpc.ts";

/** Always the same inputs: a failure here is a failure everywhere. */
const SEED = 20261122;
const RUNS = 40;

let api: TestApi;
let people: TestPerson[];
let real: Real;

beforeAll(async () => {
  api = await startTestApi();
  // Each procedure gets a world with an invitation of its own: more than one person may send in that time.
  api.services.limits.invitations.take = async () => {};
  const [owner, editor, outsider] = [
    await api.person("Olga"),
    await api.person("Eli"),
    await api.person("Otto"),
  ];
  people = [owner, editor, outsider];
  const mill = await owner.call.workspaces.create({ name: "Mill" });
  const userId = editor.user.id;
  await api.join(mill.id, userId, "editor");
  const forge = await outsider.call.workspaces.create({ name: "Forge" });
  const worlds = await Promise.all([
    idsOf({ owner, workspaceId: mill.id }),
    idsOf({ owner, workspaceId: mill.id, private: true }),
    idsOf({ owner: outsider, workspaceId: forge.id }),
  ]);
  const ids: Record<string, string[]> = { userId: people.map((p) => p.user.id) };
  for (const [field, id] of worlds.flatMap((each) => Object.entries(each))) {
    ids[field] = [...(ids[field] ?? []), id];
  }
  real = { ids, emails: people.map((p) => p.user.email) };
});
afterAll(() => api.stop());

/** Whether what was asked before may have deleted, archived or handed over what there was. */
let isUsed = true;

async function addFreshWorld() {
  const person = invariant(people[0], "three people");
  // Signed in anew: sessions and tokens end in the course of the test.
  const secret = await openSession(person);
  const owner = { ...person, token: secret, call: api.as(secret) };
  const { id: workspaceId } = await owner.call.workspaces.create({ name: "Fresh" });
  const fresh = await idsOf({ owner, workspaceId });
  for (const [field, id] of Object.entries(fresh)) {
    real.ids[field] = [id, id, ...(real.ids[field] ?? []).slice(-3)];
  }
}

async function idsOf(place: Parameters<typeof makeWorld>[1]) {
  const world = await makeWorld(api, place);
  const { workspaceId, projectId, statusId } = world;
  const taskId = await world.task();
  const { threadId } = await world.documentThread();
  const { documentId, versionId } = await world.documentVersion();
  const { checklistId, itemId } = await world.checklist();
  return {
    workspaceId,
    projectId,
    statusId,
    moveTo: statusId,
    statuses: await world.status(),
    taskId,
    entityId: taskId,
    documentId,
    versionId,
    threadId,
    comments: await world.comment(),
    threads: threadId,
    labelId: await world.label(),
    groupId: await world.group(),
    checklistId,
    checklists: checklistId,
    checklistItems: itemId,
    invitations: await world.invitation(),
    imports: await world.importId(),
    files: await world.file(),
    documents: await world.document(),
    parentId: await world.document(),
    templateId: await world.document(),
  };
}

/** What `id` and `ids` mean in each router. */
const idsOfGroup = (group: string): string[] => {
  const { ids } = real;
  return ids[group] ?? ids[`${group.replace(/s$/, "")}Id`] ?? [];
};

/** As it would come over the wire; a file's form goes as it is. */
const overTheWire = (input: unknown) =>
  input instanceof FormData
    ? input
    : transformer.input.deserialize(JSON.parse(JSON.stringify(superjson.serialize(input))));

/** Of an account's own procedures some end sessions, and one closes it: after each everybody is in anew. */
const sessions = new Map<TestPerson, string>();

async function openSession(person: TestPerson) {
  const client = { address: "127.0.0.1", userAgent: "test" };
  await api.services.db.update(schema.users).set({ closedAt: null });
  return (await api.services.sessions.open(person.user.id, client)).secret;
}

async function ask(path: string, person: TestPerson, input: unknown) {
  const done = new AbortController();
  const secret = sessions.get(person) ?? (await openSession(person));
  if (path.startsWith("auth.")) sessions.clear();
  else sessions.set(person, secret);
  const procedure = procedureAt(api.as(secret, { signal: done.signal }), path);
  const answer = await procedure?.(overTheWire(input));
  if (typeof answer !== "object" || answer === null || !(Symbol.asyncIterator in answer)) return;
  const stream = (answer as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  const first = stream.next();
  // It is awaited below; until then a refusal must not count as unhandled.
  first.catch(() => {});
  await api.services.ready();
  done.abort();
  await first;
  await stream.return?.();
}

function inputOf(path: string, procedure: AnyProcedure): fc.Arbitrary<unknown> {
  const schemas = inputsOf(procedure);
  const [only = z.undefined(), more] = schemas;
  if (schemas.length === 0) return fc.constant(undefined);
  const isOfItem = /^checklists\..*Items?$/.test(path);
  const own = idsOfGroup(isOfItem ? "checklistItems" : path.split(".", 1).join());
  const schema = more ? z.intersection(only, more) : only;
  // What is to be made gets an id of its own.
  const isNew = path.endsWith(".create") || path === "checklists.addItems" || own.length === 0;
  const ids = isNew ? real.ids : { ...real.ids, id: own };
  return arbitraryOf(schema, { ...real, ids });
}

const answered = new Set<string>();

test.each(procedures)("%s answers anything, or says why not", async (path, procedure) => {
  if (isUsed) await addFreshWorld();
  isUsed = procedure._def.type === "mutation";
  const unexpected: { input: unknown; error: unknown }[] = [];
  const property = fc.asyncProperty(
    fc.constantFrom(0, 0, 1, 2),
    inputOf(path, procedure),
    async (n, input) => {
      try {
        await ask(path, invariant(people[n], "three people"), input);
        answered.add(path);
      } catch (error) {
        if (error instanceof TRPCError && reasonOf(error) !== "internal") return;
        unexpected.push({ input, error: error instanceof TRPCError ? error.cause : error });
        throw error;
      }
    },
  );
  const { failed } = await fc.check(property, { seed: SEED, numRuns: RUNS, endOnFailure: true });
  expect(unexpected).toEqual([]);
  expect(failed).toBe(false);
});

test("the inputs were good enough to be answered, not only refused", () => {
  // The rest needs a secret or a file, or has so many fields that one of them is mostly broken.
  // What only an administrator may is refused to whoever asks here.
  const forPeople = procedures.filter(([path]) => matrix[path]?.need !== "administrator");
  expect(answered.size).toBeGreaterThan(forPeople.length * 0.65);
});
