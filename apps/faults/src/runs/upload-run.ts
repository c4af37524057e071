import type { Violation } from "../oracle/evidence.ts";
import type { Length } from "../patience.ts";
import { createDice, type Dice } from "../people/dice.ts";
import { openProject } from "../people/open-project.ts";
import type { ServerWithPostgres } from "../servers/server-with-postgres.ts";
import type { FaultRun } from "./fault-run.ts";
import { type Undo, undoing } from "./undoing.ts";

type Stage = {
  seed: number;
  dice: Dice;
  length: Length;
  undo: Undo;
  demand: (holds: boolean, what: string) => void;
};

type Setting = { name: string; onlyOnLinux: boolean; play: (stage: Stage) => Promise<void> };

/** One person sends files while something fails. */
export const uploadRun = ({ name, onlyOnLinux, play }: Setting): FaultRun => ({
  name,
  onlyOnLinux,
  async run(seed, length) {
    const violations: Violation[] = [];
    const demand = (holds: boolean, what: string) => {
      if (!holds) violations.push({ invariant: "service", client: null, what, journal: [] });
    };
    await undoing((undo) => play({ seed, dice: createDice(seed), length, undo, demand }));
    return violations;
  },
});

/** Who sends, and what each of their uploads says of them and of where it goes. */
export async function openSender(server: ServerWithPostgres) {
  const token = await server.register("sender");
  const client = server.client(token);
  const projectId = await openProject(client);
  const { begin, partAddress, address, finish } = client.files;
  const calls = {
    begin: begin.mutate,
    partAddress: partAddress.mutate,
    address: address.mutate,
    finish: finish.mutate,
  };
  const fetchFile = (id: string) =>
    fetch(`${server.url}/files/${id}`, { headers: { authorization: `Bearer ${token}` } });
  return {
    client,
    projectId,
    fetchFile,
    upload: { url: server.url, token, calls, place: { projectId } },
  };
}
export type Sender = Awaited<ReturnType<typeof openSender>>;
