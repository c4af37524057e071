import { z } from "zod";
import { id, line } from "../../core/text.ts";
import { personally, router } from "../../core/trpc.ts";
import { confirmedMutation } from "../confirmation.ts";
import { appCode, beginApp } from "./authenticator-app.ts";
import {
  addPasskey,
  confirmApp,
  removeApp,
  removePasskey,
  renewRecoveryCodes,
} from "./change-factors.ts";
import { registrationAnswer } from "./passkey-answers.ts";
import { beginPasskey, renamePasskey } from "./passkeys.ts";
import { readFactors } from "./state.ts";

/** A person's own second factors. With the first one every other session of theirs ends. */
export const factorsRouter = router({
  list: personally.query(({ ctx }) => readFactors(ctx.services.db, ctx.actor.user.id)),

  /** A new secret for an authenticator app; nothing is kept until a code of it is given. */
  beginApp: confirmedMutation.mutation(({ ctx }) => beginApp(ctx)),
  confirmApp: confirmedMutation
    .input(z.object({ ticket: z.string().min(1).max(2_000), code: appCode }))
    .mutation(({ ctx, input }) => confirmApp(ctx, input)),
  removeApp: confirmedMutation.mutation(({ ctx }) => removeApp(ctx)),

  /** What the browser needs to make a passkey. */
  beginPasskey: confirmedMutation.mutation(({ ctx }) => beginPasskey(ctx)),
  addPasskey: confirmedMutation
    .input(
      z.object({
        ticket: z.string().min(1).max(2_000),
        answer: registrationAnswer,
        name: line(100),
      }),
    )
    .mutation(({ ctx, input }) => addPasskey(ctx, input)),
  renamePasskey: confirmedMutation
    .input(z.object({ id, name: line(100) }))
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  removePasskey: confirmedMutation
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => removePasskey(ctx, input.id)),

  /** Ten new ones; the old ones no longer work. */
  renewRecoveryCodes: confirmedMutation.mutation(({ ctx }) => renewRecoveryCodes(ctx)),
});
