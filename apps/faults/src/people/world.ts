/**
 * A workspace at work: people with different rights write, and are let in and out, while a run
 * brings its fault upon them. At the end the oracle judges all of it.
 */

import type { Violation } from "../oracle/evidence.ts";
import { gatherEvidence } from "../oracle/gather-evidence.ts";
import { watchLateness } from "../oracle/lateness.ts";
import { judge } from "../oracle/oracle.ts";
import { type Length, patience } from "../patience.ts";
import { found, type ServerWithPostgres } from "../servers/server-with-postgres.ts";
import { createDice } from "./dice.ts";
import { moveDocuments } from "./documents-script.ts";
import { furnish, NAMES, type Name, registerAll } from "./places.ts";
import { changeRights } from "./rights-script.ts";
import { VirtualClient } from "./virtual-client.ts";
import { work } from "./work.ts";

type Options = {
  server: ServerWithPostgres;
  seed: number;
  length: Length;
  /** Where this person reaches the server; the server's own address unless said. */
  urlFor?: (name: Name) => string | undefined;
};

export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld({ server, seed, length, urlFor }: Options) {
  const dice = createDice(seed);
  const lateness = watchLateness();
  const person = await registerAll(server.url);
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
    moveDocuments(client("bob"), { places, dice: dice.fork(), signal: stopping.signal }),
    ...NAMES.map((name) =>
      work(client(name), {
        places,
        dice: dice.fork(),
        signal: stopping.signal,
        talks: name === "vic" || name === "nia",
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
        "workspaces.update",
        { ...places, patch: { name: what } },
        (c, input, o) => c.workspaces.update.mutate(input, o),
      );
      const until = since + patience(limitMs, length);
      const tooLate = AbortSignal.timeout(Math.max(0, until - Date.now()));
      const late = (name: string, of: string) =>
        violations.push({
          invariant: "service",
          client: name,
          what: `${what}: ${of} in ${limitMs} ms`,
          journal: client(name as Name)
            .evidence(null)
            .entries.slice(-8),
        });
      const written = await Promise.race([mutation, aborted(tooLate)]);
      if (!written) late("ann", "no write went through");
      const done = written ?? (await mutation);
      if (!done) return;
      const present = NAMES.filter((name) => !absent.has(name));
      await Promise.all(
        present.map(async (name) => {
          if (!(await client(name).hears(done.mutationId, tooLate))) late(name, "heard nothing");
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
      await rights.joinLate();
      await beat("The end", 30_000);
      for (const each of clients.values()) await each.settled();
      const evidence = await gatherEvidence(server, workspaceId, [...clients.values()], person);
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
