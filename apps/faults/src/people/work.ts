/** What one person does all day, one thing after the other: tasks, and words about them. */
import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "./dice.ts";
import type { Places } from "./places.ts";
import type { VirtualClient } from "./virtual-client.ts";

type Options = {
  places: Places;
  dice: Dice;
  signal: AbortSignal;
  /** Who may only look can still talk. */
  talks: boolean;
};

const PAUSE_MS = 60;

export async function work(client: VirtualClient, options: Options): Promise<void> {
  const { dice, signal, talks } = options;
  for (let n = 1; !signal.aborted; n++) {
    const share = talks ? 0.95 : dice.roll(100) / 100;
    await doSomething(client, options, share, `${client.name} ${n}`);
    await delay(dice.roll(2 * PAUSE_MS));
  }
}

async function doSomething(client: VirtualClient, options: Options, share: number, title: string) {
  const { places, dice } = options;
  const task = client.someTask();
  if (!task || share < 0.3) {
    const projectId = dice.pick([places.open, places.secret, places.changing]) ?? places.open;
    const input = { id: dice.uuid(), projectId, title };
    return client.act("tasks.create", input, (c, i, o) => c.tasks.create.mutate(i, o));
  }
  const { id } = task;
  if (share < 0.6) {
    return client.act("tasks.update", { id, patch: { title } }, (c, i, o) =>
      c.tasks.update.mutate(i, o),
    );
  }
  if (share < 0.8) {
    const statusId = dice.pick(places.statusIds[task.projectId] ?? []) ?? task.statusId;
    return client.act("tasks.move", { id, statusId }, (c, i, o) => c.tasks.move.mutate(i, o));
  }
  if (share < 0.88) {
    return client.act("tasks.delete", { id }, (c, i, o) => c.tasks.delete.mutate(i, o));
  }
  const comment = { id: dice.uuid(), taskId: id, body: title };
  return client.act("comments.create", comment, (c, i, o) => c.comments.create.mutate(i, o));
}
