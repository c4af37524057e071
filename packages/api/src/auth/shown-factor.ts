import { z } from "zod";
import { appCode } from "./factors/authenticator-app.ts";
import { authenticationAnswer } from "./factors/passkey-answers.ts";

export const ticket = z.string().min(1).max(2_000);
export const passkey = z.object({ ticket, answer: authenticationAnswer });

/** What is shown after a password; `pending`: the ticket that it was answered with. */
export const shownCode = z.union([
  z.object({ pending: ticket, appCode }),
  z.object({ pending: ticket, recoveryCode: z.string().min(1).max(100) }),
]);
export const shownPasskey = z.object({ pending: ticket, passkey });
