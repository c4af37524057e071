/** An owner who lets people in and out, raises and lowers, opens and closes, all the time. */
import { setTimeout as delay } from "node:timers/promises";
import { invitationSecret } from "@guildhall/testing/join-workspace";
import type { Dice } from "./dice.ts";
import type { Name, Places } from "./places.ts";
import type { Person, VirtualClient } from "./virtual-client.ts";

type Options = {
  client: (name: Name) => VirtualClient;
  person: (name: Name) => Person;
  places: Places;
  dice: Dice;
};

const PAUSE_MS = 400;

export function changeRights({ client, person, places, dice }: Options) {
  const ann = client("ann");
  const { workspaceId, secret, changing } = places;
  const absent = new Set<Name>(["nia"]);
  let isSecretOpenToEd = false;
  let isChangingOpen = true;
  let isEdViewer = false;
  /** One thing after the other: a look at who is here needs that it holds for a moment. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(what: () => Promise<T>): Promise<T> => {
    const next = turn.then(what);
    // Its own caller gets the error; the turn after it comes all the same.
    turn = next.catch(() => {});
    return next;
  };

  async function comeOrGo(name: "rem" | "nia") {
    const { userId, email } = person(name);
    if (!absent.has(name)) {
      absent.add(name);
      const them = { workspaceId, userId };
      await ann.act("members.remove", them, (c, i, o) => c.members.remove.mutate(i, o));
      return;
    }
    const role = name === "nia" ? ("viewer" as const) : ("editor" as const);
    const made = await ann.arrange((c, i, o) =>
      c.invitations.create.mutate({ ...i, workspaceId, email, role }, o),
    );
    if (!made) return;
    const secret = invitationSecret(made.link);
    await client(name).act("invitations.accept", { secret }, (c, i, o) =>
      c.invitations.accept.mutate(i, o),
    );
    await client(name).open({ fromTheBeginning: name === "nia" });
    absent.delete(name);
  }

  async function openSecret() {
    const ed = { projectId: secret, userId: person("ed").userId };
    if (isSecretOpenToEd) {
      await ann.act("projects.removeMember", ed, (c, i, o) => c.projects.removeMember.mutate(i, o));
    } else {
      const let_in = { ...ed, role: "editor" as const };
      await ann.act("projects.setMember", let_in, (c, i, o) => c.projects.setMember.mutate(i, o));
    }
    isSecretOpenToEd = !isSecretOpenToEd;
  }

  async function openChanging() {
    isChangingOpen = !isChangingOpen;
    const visibility = isChangingOpen ? ("open" as const) : ("private" as const);
    await ann.act("projects.update", { id: changing, patch: { visibility } }, (c, i, o) =>
      c.projects.update.mutate(i, o),
    );
  }

  async function promote() {
    isEdViewer = !isEdViewer;
    const role = isEdViewer ? ("viewer" as const) : ("editor" as const);
    const ed = { workspaceId, userId: person("ed").userId, role };
    await ann.act("members.setRole", ed, (c, i, o) => c.members.setRole.mutate(i, o));
  }

  return {
    async run(signal: AbortSignal) {
      while (!signal.aborted) {
        const rem = () => comeOrGo("rem");
        const nia = () => comeOrGo("nia");
        const act = dice.pick([rem, nia, openSecret, openChanging, promote]);
        if (act) await inTurn(act);
        await delay(PAUSE_MS + dice.roll(PAUSE_MS));
      }
    },
    /** Whatever has happened by now, somebody joins who reads all of it. */
    joinLate: () =>
      inTurn(async () => {
        if (!absent.has("nia")) await comeOrGo("nia");
        await comeOrGo("nia");
      }),
    /** Nobody comes or goes meanwhile. */
    standStill: <T>(what: (absent: ReadonlySet<Name>) => Promise<T>) => inTurn(() => what(absent)),
  };
}
