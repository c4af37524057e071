/** For tests: an account on a real server, made as people make one. */
import { setTimeout as delay } from "node:timers/promises";
import { createClient, type RouterOutputs } from "@guildhall/api/client";
import type { TestSmtp } from "./smtp.ts";

type Values = { email: string; name: string; password: string };

/** By the link that is mailed to `smtp`, where the server sends its mails there. */
export async function signUp(
  url: string,
  values: Values,
  smtp?: TestSmtp,
): Promise<RouterOutputs["auth"]["register"]> {
  const { auth } = createClient({ url });
  if (!(await auth.registration.query()).isByMail) return auth.register.mutate(values);
  if (!smtp) throw new Error("This server sends mail: say to where.");
  const { email } = values;
  await auth.requestSignUp.mutate({ email });
  const token = (await signUpLink(smtp, email)).searchParams.get("token") ?? "";
  return auth.register.mutate({ ...values, token });
}

/** The link to sign up by, as soon as it is mailed to this address. */
export async function signUpLink(smtp: TestSmtp, email: string): Promise<URL> {
  for (;;) {
    const links = smtp.to(email).map(({ text = "" }) => /http\S+token=\S+/.exec(text)?.[0]);
    const link = links.find((each) => each !== undefined);
    if (link) return new URL(link);
    // It is on its way.
    await delay(10);
  }
}
