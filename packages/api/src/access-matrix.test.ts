/**
 * Every procedure, asked by everyone, about everything: their own, another workspace's, a private
 * project's they are not in, and what is gone. A guest of the workspace was let into its project as an
 * editor, and into a folder of a sibling as a viewer; of that sibling, open to all members, they see nothing
 * else. Some have their role through a group alone: it is the same role. Whoever administers the server and
 * is no member anywhere has no right in any workspace by that. Generated from the router.
 */

import { schema } from "@guildhall/db";
import { type Caller, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { TRPCError } from "@trpc/server";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { matrix } from "../testing/access-matrix.ts";
import type { Expectation } from "../testing/expectation.ts";
import { procedures as all, procedureAt } from "../testing/procedures.ts";
import { type LetIn, makeGoneWorld, makeWorld, type World } from "../testing/world.ts";
import { reasonOf } from "./core/trpc.ts";

const types = new Map(all.map(([path, procedure]) => [path, procedure._def.type]));
const procedures = [...types.keys()];
const roleHolders = ["owner", "editor", "viewer", "guest"] as const;
/** Guests by name, who have through a group what makes them this. */
const byGroup = { groupOwner: "owner", groupEditor: "editor", groupGuest: "guest" } as const;
const groupHolders = Object.keys(byGroup) as (keyof typeof byGroup)[];
const actors = [...roleHolders, ...groupHolders, "outsider", "administrator", "anonymous"] as const;
const targets = ["own", "other", "hidden", "gone", "sibling"] as const;
type Actor = (typeof actors)[number];
type Target = (typeof targets)[number];

let api: TestApi;
let people: Record<Exclude<Actor, "anonymous">, TestPerson>;
let readToken: string;
let worlds: Record<Target, World>;

beforeAll(async () => {
  api = await startTestApi();
  people = {
    owner: await api.person("Olga"),
    editor: await api.person("Eli"),
    viewer: await api.person("Vera"),
    guest: await api.person("Gus"),
    outsider: await api.person("Otto"),
    administrator: await api.person("Ada"),
    groupOwner: await api.person("Ove"),
    groupEditor: await api.person("Edda"),
    groupGuest: await api.person("Gina"),
  };
  const { owner, outsider, administrator } = people;
  // Nobody else is, whoever came first to this server.
  const { users } = schema;
  const isThem = sql`${users.id} = ${administrator.user.id}`;
  await api.services.db.update(users).set({ isAdministrator: isThem as SQL<boolean> });
  const mill = await owner.call.workspaces.create({ name: "Mill" });
  const forge = await outsider.call.workspaces.create({ name: "Forge" });
  for (const role of ["editor", "viewer", "guest"] as const) {
    const userId = people[role].user.id;
    await api.join(mill.id, userId, role);
  }
  const guests: LetIn[] = [{ userId: people.guest.user.id }];
  for (const [actor, role] of Object.entries(byGroup)) {
    const userId = people[actor as keyof typeof byGroup].user.id;
    await api.join(mill.id, userId, "guest");
    const given = role === "guest" ? null : role;
    const group = { workspaceId: mill.id, name: actor, role: given, memberIds: [userId] };
    const { id: groupId } = await owner.call.groups.create(group);
    if (role === "guest") guests.push({ groupId });
  }
  const own = await makeWorld(api, {
    owner: await byToken(owner),
    workspaceId: mill.id,
    guests,
  });
  worlds = {
    own,
    other: await makeWorld(api, { owner: await byToken(outsider), workspaceId: forge.id }),
    hidden: await makeWorld(api, {
      owner: await byToken(owner),
      workspaceId: mill.id,
      private: true,
    }),
    gone: makeGoneWorld(own),
    sibling: await makeWorld(api, {
      owner: await byToken(owner),
      workspaceId: mill.id,
      folderFor: guests,
    }),
  };
  const reader = await owner.call.tokens.create({ name: "Reader", scope: "read", days: 1 });
  readToken = reader.token;
});
afterAll(() => api.stop());

/** Makes the things to be asked for; the sessions end in the course of the test. */
async function byToken(person: TestPerson): Promise<TestPerson> {
  const { token } = await person.call.tokens.create({ name: "Maker", scope: "write", days: 1 });
  return { ...person, call: api.as(token) };
}

const callers = new Map<Actor, Caller>();

/** Of an account's own procedures some end sessions: after each of them everybody signs in anew. */
async function askAs(actor: Actor, path: string, input: unknown) {
  const caller = callers.get(actor) ?? (await callerOf(actor));
  callers.set(actor, caller);
  const told = await ask(caller, path, input);
  if (path.startsWith("auth.")) callers.clear();
  return told;
}

async function callerOf(actor: Actor): Promise<Caller> {
  if (actor === "anonymous") return api.stranger;
  const client = { address: "127.0.0.1", userAgent: "test" };
  const { secret } = await api.services.sessions.open(people[actor].user.id, client);
  return api.as(secret);
}

/** "ok", or the reason with the sentence: both must not tell what exists. */
async function ask(caller: Caller, path: string, input: unknown) {
  try {
    const answer = await procedureAt(caller, path)?.(input);
    if (isStream(answer)) {
      const stream = answer[Symbol.asyncIterator]();
      await stream.next();
      await stream.return?.();
    }
    return { reason: "ok", message: "" };
  } catch (error) {
    const known =
      error instanceof TRPCError
        ? error
        : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
    return { reason: reasonOf(known), message: known.message };
  }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

const strength = { guest: 0, viewer: 1, editor: 2, owner: 3 };

/** What is made of documents alone lies in the folder. */
const ofDocuments = new Set<string>([
  ...["document", "documentThread", "documentVersion", "deletedDocument", "documentMember"],
  "documentGroup",
]);
const ofNothing = new Set<string>(["group", "member", "person", "never", "freeKey", "workspaceId"]);

/** The input, and whether it is about documents, and about nothing else. */
async function inputOf(line: Expectation, target: Target) {
  const asked = new Set<string>();
  const watched = new Proxy(worlds[target], {
    get(world, key, receiver) {
      asked.add(String(key));
      return Reflect.get(world, key, receiver);
    },
  });
  const input = await line.input(watched);
  const about = [...asked].filter((key) => !ofNothing.has(key));
  return {
    input,
    hasDocuments: about.some((key) => ofDocuments.has(key)),
    isOfDocuments: about.every((key) => ofDocuments.has(key)),
  };
}

type Role = keyof typeof strength;

/** What the guest is there. */
function roleOfGuest(line: Expectation, target: Target, isOfDocuments: boolean): Role | null {
  if (target === "sibling") return isOfDocuments ? "viewer" : null;
  if (target !== "own") return null;
  return line.about === "project" ? "editor" : "guest";
}

const isByGroup = (actor: Actor): actor is keyof typeof byGroup => actor in byGroup;

function expected(
  line: Expectation,
  { actor: who, target, isOfDocuments }: { actor: Actor; target: Target; isOfDocuments: boolean },
): string {
  const actor = isByGroup(who) ? byGroup[who] : who;
  const may = line.answer ?? "ok";
  if (line.need === "anyone") return may;
  if (actor === "anonymous") return "signed_out";
  if (line.need === "administrator") return actor === "administrator" ? may : "administrators_only";
  if (line.need === "person") return may;
  if (target === "gone") return "not_found";
  const asRole = (role: Role) =>
    strength[role] >= strength[line.need as Role] ? may : (line.low ?? "role_too_low");
  if (actor === "guest") {
    const role = roleOfGuest(line, target, isOfDocuments);
    if (role === "editor" && line.guest) return line.guest;
    return role ? asRole(role) : "not_found";
  }
  if (actor === "administrator") return "not_found";
  const isTheirs = actor === "outsider";
  if (target === "other") return isTheirs ? may : "not_found";
  if (isTheirs || (target === "hidden" && actor !== "owner")) return "not_found";
  return asRole(actor);
}

const targetsOf = (line: Expectation) =>
  line.about === "project" ? targets : line.about ? (["own", "other", "gone"] as const) : [];

test("the table names every procedure, and nothing else", () => {
  expect(Object.keys(matrix).sort()).toEqual([...procedures].sort());
});

const listed = Object.entries(matrix).filter(([path]) => procedures.includes(path));

test.each(listed.filter(([, line]) => line.about))(
  "%s tells a stranger nothing about what exists",
  async (path, line) => {
    const told = new Set<string>();
    for (const target of targetsOf(line).filter((t) => t !== "own")) {
      const { input, hasDocuments } = await inputOf(line, target);
      if (target !== "sibling") told.add((await askAs("editor", path, input)).message);
      // Of the sibling's documents the guest sees some.
      if (target !== "sibling" || !hasDocuments) {
        told.add((await askAs("guest", path, input)).message);
      }
    }
    expect([...told]).toHaveLength(1);
  },
);

describe.each(listed)("%s", (path, line) => {
  test("lets in whom the table says", async () => {
    const got: Record<string, string> = {};
    const want: Record<string, string> = {};
    for (const target of line.about ? targetsOf(line) : (["own"] as const)) {
      // The owner last: what others may not do is then still undone.
      for (const actor of [...actors].reverse()) {
        // For members it is as their own.
        if (target === "sibling" && actor !== "guest" && actor !== "groupGuest") continue;
        // What is one's own has nothing to do with a role.
        if (!line.about && isByGroup(actor)) continue;
        const { input, isOfDocuments } = await inputOf(line, target);
        got[`${actor} × ${target}`] = (await askAs(actor, path, input)).reason;
        want[`${actor} × ${target}`] = expected(line, { actor, target, isOfDocuments });
      }
    }
    expect(got).toEqual(want);
  });

  test("gives a read-only token what it may read, and nothing to change", async () => {
    const type = types.get(path);
    const refusal =
      type === "mutation" && !line.reads && line.need !== "anyone" ? "token_read_only" : line.token;
    const { reason } = await ask(api.as(readToken), path, await line.input(worlds.own));
    expect(reason).toBe(refusal ?? line.answer ?? "ok");
  });
});
