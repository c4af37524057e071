/** An owner who writes documents, talks about them, and moves them in and out of private places. */
import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "./dice.ts";
import type { Places } from "./places.ts";
import type { VirtualClient } from "./virtual-client.ts";

type Options = { places: Places; dice: Dice; signal: AbortSignal };
type Known = { id: string; isPrivate: boolean; isDeleted: boolean };

const PAUSE_MS = 80;
/** As few as are then moved often. */
const DOCUMENTS = 12;
const anchor = { from: "AQAA", to: "AQAB" };

export async function moveDocuments(client: VirtualClient, options: Options): Promise<void> {
  const { places, dice, signal } = options;
  const hiddenId = dice.uuid();
  const known: Known[] = [];
  const { workspaceId } = places;
  await create(client, { id: hiddenId, workspaceId, kind: "folder", title: "Hidden" });
  await show(client, { id: hiddenId, isPrivate: false, isDeleted: false });
  const somewhere = () => {
    const projectId = dice.pick([null, places.open, places.secret, places.changing]) ?? null;
    return dice.roll(5) === 0 ? { projectId: null, parentId: hiddenId } : { projectId };
  };
  for (let n = 1; !signal.aborted; n++) {
    const document = known.length < DOCUMENTS ? undefined : dice.pick(known);
    if (document) await change(client, document, { dice, somewhere, title: `Document ${n}` });
    else {
      const id = dice.uuid();
      const made = await create(client, { id, workspaceId, title: `New ${n}`, ...somewhere() });
      if (made) known.push({ id, isPrivate: false, isDeleted: false });
      await talk(client, { id: dice.uuid(), documentId: id, said: dice.uuid() });
    }
    await delay(dice.roll(2 * PAUSE_MS));
  }
}

type Place = { projectId: string | null; parentId?: string };
type Chances = { dice: Dice; somewhere: () => Place; title: string };

async function change(client: VirtualClient, document: Known, chances: Chances): Promise<unknown> {
  const { dice, somewhere, title } = chances;
  const { id } = document;
  const what = dice.roll(10);
  if (document.isDeleted || what === 0) return deleteOrRestore(client, document);
  if (what < 3) return show(client, document);
  if (what < 6) {
    const move = { id, ...somewhere() };
    return client.act("documents.move", move, (c, i, o) => c.documents.move.mutate(i, o));
  }
  if (what < 8) return talk(client, { id: dice.uuid(), documentId: id, said: dice.uuid() });
  return client.act("documents.update", { id, patch: { title } }, (c, i, o) =>
    c.documents.update.mutate(i, o),
  );
}

type New = { id: string; workspaceId: string; title: string; kind?: "folder" } & Partial<Place>;

const create = (client: VirtualClient, input: New) =>
  client.act("documents.create", input, (c, i, o) => c.documents.create.mutate(i, o));

async function show(client: VirtualClient, document: Known) {
  const { id, isPrivate } = document;
  const visibility = isPrivate ? ("inherited" as const) : ("private" as const);
  const done = await client.act("documents.setVisibility", { id, visibility }, (c, i, o) =>
    c.documents.setVisibility.mutate(i, o),
  );
  if (done) document.isPrivate = !isPrivate;
}

async function deleteOrRestore(client: VirtualClient, document: Known) {
  const { id, isDeleted } = document;
  const done = isDeleted
    ? await client.act("documents.restoreFromTrash", { id }, (c, i, o) =>
        c.documents.restoreFromTrash.mutate(i, o),
      )
    : await client.act("documents.delete", { id }, (c, i, o) => c.documents.delete.mutate(i, o));
  if (done) document.isDeleted = !isDeleted;
}

function talk(client: VirtualClient, input: { id: string; documentId: string; said: string }) {
  const { id, documentId, said } = input;
  const begun = { id, documentId, anchor, quote: "words", comment: { id: said, body: "Hm" } };
  return client.act("threads.begin", begun, (c, i, o) => c.threads.begin.mutate(i, o));
}
