import { once } from "node:events";
import type { ActorContext } from "../core/context.ts";
import { readEmailState } from "./email/confirm-email.ts";

/**
 * Says that something of this person that is in no workspace's feed may have changed, as who invites
 * them: ask again. Once at the beginning, for what was missed; what comes together is told once. Of
 * what is for their address they hear only when that is confirmed to be theirs.
 */
export async function* mySignals(ctx: ActorContext, signal: AbortSignal) {
  const { signals } = ctx.services;
  const { id, email } = ctx.actor.user;
  const due = { mine: true, address: false };
  let wake = () => {};
  const leave = [
    signals.onPerson(id, () => {
      due.mine = true;
      wake();
    }),
    signals.onAddress(email, () => {
      due.address = true;
      wake();
    }),
  ];
  const aborted = once(signal, "abort");
  // Nobody may be waiting for it when it comes.
  aborted.catch(() => {});
  try {
    while (!signal.aborted) {
      const { mine, address } = due;
      Object.assign(due, { mine: false, address: false });
      // Revoked since, it is told no more.
      if (!(await ctx.findActor())) return;
      if (mine || (address && (await readEmailState(ctx)).isConfirmed)) {
        yield { changed: true as const };
      }
      if (due.mine || due.address || signal.aborted) continue;
      await Promise.race([aborted, new Promise<void>((resolve) => (wake = resolve))]);
    }
  } finally {
    for (const each of leave) each();
  }
}
