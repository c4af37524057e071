/**
 * Tells who has a log open that there is something new in it, within their right of that moment.
 *
 * A message of the bus only says that it is time to look (`announce`, behind each commit); what is there is
 * read from the log. A message that was lost, or that another program wrote, as a backup, is found by looking
 * every few seconds.
 */
import { once } from "node:events";
import type { ActorContext } from "../core/context.ts";
import { authoriseAudit } from "./authorise-audit.ts";
import { readNewestId } from "./read-audit.ts";

/** Its messages: the workspace, or nothing for what is the server's alone. */
export const AUDITED = "audited";

const LOOK_EVERY_MS = 5_000;

/** The id of the newest entry: once at the beginning, then whenever there is another. */
export async function* followAudit(
  ctx: ActorContext,
  { workspaceId, signal }: { workspaceId: string | null; signal: AbortSignal },
) {
  const { bus, db, signals } = ctx.services;
  const userId = ctx.actor.user.id;
  let wake = () => {};
  let isDue = true;
  const look = () => {
    isDue = true;
    wake();
  };
  const leave = [
    bus.listen(AUDITED, (about) => {
      if (workspaceId === null || about === workspaceId) look();
    }),
    // A right of theirs may have gone: then it ends at once.
    signals.onPerson(userId, look),
  ];
  const timer = setInterval(look, LOOK_EVERY_MS);
  const aborted = once(signal, "abort");
  // Nobody may be waiting for it when it comes.
  aborted.catch(() => {});
  let told: string | null | undefined;
  try {
    while (!signal.aborted) {
      isDue = false;
      if ((await ctx.findActor())?.user.id !== userId) return;
      await authoriseAudit(ctx, workspaceId);
      const newest = await readNewestId(db, { workspaceId });
      if (newest !== told) yield { newest };
      told = newest;
      if (isDue || signal.aborted) continue;
      await Promise.race([aborted, new Promise<void>((resolve) => (wake = resolve))]);
    }
  } finally {
    clearInterval(timer);
    for (const each of leave) each();
  }
}
