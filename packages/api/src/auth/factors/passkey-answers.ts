/** What browsers answer, in the form of WebAuthn's own JSON; the library looks into each part. */
import { z } from "zod";

const credential = z.object({
  id: z.string().max(2_000),
  rawId: z.string().max(2_000),
  type: z.literal("public-key"),
});
const part = z.string().max(20_000);

export const authenticationAnswer = credential.extend({
  response: z.object({
    clientDataJSON: part,
    authenticatorData: part,
    signature: part,
    userHandle: part.optional(),
  }),
});

export const registrationAnswer = credential.extend({
  response: z.object({
    clientDataJSON: part,
    attestationObject: part,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});
