/**
 * A workspace at work: people with different rights write, and are let in and out, while a run
 * brings its fault upon them. At the end the oracle judges all of it.
 */
import { randomUUID } from "node:crypto";
import { createClient } from "@guildhall/api/client";
import { connect } from "@guildhall/db";
import * as schema from "@guildhall/db/schema";
import { call } from "../testing-process.ts";
import type { FreshRead } from "./client-state.ts";
import { createDice } from "./dice.ts";
import type { Evidence, Violation } from "./evidence.ts";
import type { KeptChange } from "./journal.ts";
import { watchLateness } from "./lateness.ts";
import { judge } from "./oracle.ts";
import { changeRights } from "./rights-script.ts";
import { readFeed, type ServerWithPostgres, untilAnswered } from "./server-with-postgres.ts";
import { type Person, readBoard, VirtualClient } from "./virtual-client.ts";
import { work } from "./work.ts";

/** Two owners, two editors, one who only sees a private project more, one who comes and goes. */
export const NAMES = ["ann", "bob", "eve", "ed", "vic", "rem"] as const;
export type Name = (typeof NAMES)[number];

export type Places = {
  workspaceId: string;
  /** Everybody's, the chosen ones', and one that is now this and now that. */
  open: string;
  secret: string;
  changing: string;
  statusIds: Record<string, string[]>;
};

type Options = {
  server: ServerWithPostgres;
  seed: number;
  /** Where this person reaches the server; the server's own address unless said. */
  urlFor?: (name: Name) => string | undefined;
};

export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld({ server, seed, urlFor }: Options) {
  const dice = createDice(seed);
  const lateness = watchLateness();
  const people = new Map<Name, Person>();
  await Promise.all(NAMES.map(async (name) => people.set(name, await register(server.url, name))));
  const person = (name: Name): Person => found(people.get(name));
  const places = await furnish(server, person);
  const clients = new Map(
    NAMES.map((name, i) => {
      const client = new VirtualClient({
        ...person(name),
        url: urlFor?.(name) ?? server.url,
        workspaceId: places.workspaceId,
        encoding: i % 2 === 0 ? "json" : "msgpack",
        dice: dice.fork(),
      });
      return [name, client] as const;
    }),
  );
  const { workspaceId } = places;
  const client = (name: Name) => found(clients.get(name));
  await Promise.all([...clients.values()].map((each) => each.open()));

  const stopping = new AbortController();
  const violations: Violation[] = [];
  const rights = changeRights({ client, person, places, dice: dice.fork() });
  const working = [
    rights.run(stopping.signal),
    ...NAMES.map((name) =>
      work(client(name), {
        places,
        dice: dice.fork(),
        signal: stopping.signal,
        talks: name === "vic",
      }),
    ),
  ];

  /**
   * One change that everybody may see, and the time until the last of them has it: from the moment
   * given, which is when what was broken began to mend.
   */
  async function beat(what: string, limitMs: number, since = Date.now()): Promise<void> {
    await rights.standStill(async (absent) => {
      const mutation = client("ann").act(
        "workspaces.rename",
        { ...places, name: what },
        (c, input, o) => c.workspaces.rename.mutate(input, o),
      );
      const patience = AbortSignal.timeout(Math.max(0, since + limitMs - Date.now()));
      const late = (name: string, of: string) =>
        violations.push({
          invariant: "service",
          client: name,
          what: `${what}: ${of} in ${limitMs} ms`,
          journal: client(name as Name)
            .evidence(null)
            .entries.slice(-8),
        });
      const written = await Promise.race([mutation, aborted(patience)]);
      if (!written) late("ann", "no write went through");
      const done = written ?? (await mutation);
      if (!done) return;
      const present = NAMES.filter((name) => !absent.has(name));
      await Promise.all(
        present.map(async (name) => {
          if (!(await client(name).hears(done.mutationId, patience))) late(name, "heard nothing");
        }),
      );
    });
  }

  return {
    dice,
    places,
    client,
    violations,
    beat,
    rightsStandStill: rights.standStill,
    /** Ends the work, waits until everybody has everything, and hands it to the oracle. */
    async finish(): Promise<Violation[]> {
      stopping.abort();
      await Promise.all(working);
      await beat("The end", 30_000);
      for (const each of clients.values()) await each.settled();
      const evidence = await gather(server, workspaceId, [...clients.values()], person);
      lateness.stop();
      return [...violations, ...judge({ ...evidence, lateness: lateness.between })];
    },
    async close() {
      stopping.abort();
      lateness.stop();
      await Promise.all([...clients.values()].map((each) => each.close()));
      await Promise.allSettled(working);
    },
  };
}

const aborted = (signal: AbortSignal) =>
  new Promise<null>((resolve) => {
    if (signal.aborted) return resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });

export function found<T>(value: T | null | undefined): T {
  if (value === undefined || value === null)
    throw new Error("The run itself is wrong: this must be there.");
  return value;
}

async function register(url: string, name: Name): Promise<Person> {
  const email = `${name}@example.org`;
  const { data } = await call(url, "auth.register", { email, name, password: "correct horse" });
  const { id } = data.user as { id: string };
  return { name, userId: id, token: String(data.token) };
}

async function furnish(server: ServerWithPostgres, person: (name: Name) => Person) {
  const ann = server.client(person("ann").token);
  const id = randomUUID;
  const { id: workspaceId } = await ann.workspaces.create.mutate({
    mutationId: id(),
    name: "Mill",
  });
  for (const [name, role] of [
    ["bob", "owner"],
    ["eve", "editor"],
    ["ed", "editor"],
    ["vic", "viewer"],
    ["rem", "editor"],
  ] as const) {
    const { userId } = person(name);
    await ann.members.add.mutate({ mutationId: id(), workspaceId, userId, role });
  }
  const make = (name: string, key: string, visibility: "open" | "private") =>
    ann.projects.create.mutate({ mutationId: id(), workspaceId, name, key, visibility });
  const open = await make("Open", "OPEN", "open");
  const secret = await make("Secret", "SECRET", "private");
  const changing = await make("Changing", "CHANGE", "open");
  for (const [name, role] of [
    ["eve", "editor"],
    ["vic", "viewer"],
  ] as const) {
    const { userId } = person(name);
    await ann.projects.setMember.mutate({ mutationId: id(), projectId: secret.id, userId, role });
  }
  const statusIds = Object.fromEntries(
    [open, secret, changing].map((p) => [p.id, p.statuses.map((s) => s.id)]),
  );
  return { workspaceId, open: open.id, secret: secret.id, changing: changing.id, statusIds };
}

async function gather(
  server: ServerWithPostgres,
  workspaceId: string,
  clients: VirtualClient[],
  person: (name: Name) => Person,
): Promise<Omit<Evidence, "lateness">> {
  const { db, close } = connect(server.postgres.url, { pool: 1 });
  try {
    const kept = await db.select().from(schema.changes).orderBy(schema.changes.seq);
    const mutations = await db.select({ id: schema.mutations.id }).from(schema.mutations);
    const [workspace] = await db.select().from(schema.workspaces);
    const rows = new Map(
      (await readFeed(server.client(person("ann").token), workspaceId)).map((c) => [c.seq, c]),
    );
    const changes = kept.flatMap(({ seq, projectId, audienceUserId }): KeptChange[] => {
      const row = rows.get(seq);
      return row ? [{ ...row, projectId, audienceUserId }] : [];
    });
    return {
      changes,
      lastSeq: found(workspace).changeSeq,
      mutationIds: new Set(mutations.map(({ id }) => id)),
      clients: await Promise.all(
        clients.map(async (c) =>
          c.evidence(await readAfresh(server.url, person(c.name as Name).token, workspaceId)),
        ),
      ),
    };
  } finally {
    await close();
  }
}

/** Null for who is no member. */
async function readAfresh(
  url: string,
  token: string,
  workspaceId: string,
): Promise<FreshRead | null> {
  const client = createClient({ url, token });
  const workspaces = await untilAnswered(
    () => client.workspaces.list.query(),
    () => false,
  );
  if (!workspaces.some(({ id }) => id === workspaceId)) return null;
  const workspace = await client.workspaces.open.query({ workspaceId });
  const boards = new Map<string, FreshRead["boards"] extends Map<string, infer B> ? B : never>();
  for (const { id } of workspace.projects) boards.set(id, (await readBoard(client, id)).tasks);
  await client.close();
  return { workspace, boards };
}
