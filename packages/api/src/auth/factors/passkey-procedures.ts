import { z } from "zod";
import { mutationIdInput, open, personalMutation } from "../../core/trpc.ts";
import { noteConfirmation } from "../confirmation.ts";
import { passkey, ticket } from "../shown-factor.ts";
import { readPending, signInByPasskey } from "../sign-in.ts";
import { askForPasskey, checkPasskey } from "./passkeys.ts";

/** Of `auth`: what a passkey is asked to sign, and what is done with the answer. */
export const passkeyProcedures = {
  /** With the `pending` of a password: one of its person's passkeys; else any. Writes nothing. */
  askForPasskey: open
    .input(mutationIdInput.extend({ pending: ticket.optional() }))
    .mutation(async ({ ctx, input }) => {
      const known = input.pending ? await readPending(ctx, input.pending) : null;
      return askForPasskey(ctx.services, known?.user.id ?? null);
    }),

  /** Instead of a password, or after it. */
  signInByPasskey: open
    .input(
      mutationIdInput.extend({
        passkey,
        pending: ticket.optional(),
        /** What the last sign-in on this device was answered. */
        device: z.string().max(400).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await ctx.services.limits.strangers.take(ctx.client.address);
      return signInByPasskey(ctx, input);
    }),

  askToConfirm: personalMutation.mutation(({ ctx }) =>
    askForPasskey(ctx.services, ctx.actor.user.id),
  ),
  /** As `confirm`, without a password. */
  confirmByPasskey: personalMutation
    .input(z.object({ passkey }))
    .mutation(async ({ ctx, input }) => {
      await checkPasskey(ctx, input.passkey, ctx.actor.user.id);
      return noteConfirmation(ctx);
    }),
};
