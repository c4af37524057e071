/** The server whose screens are looked at: it sends mail, and people can come through a provider. */
import { freePort } from "@guildhall/db/embedded";
import { CLIENT, startIdentityProvider } from "@guildhall/testing/sign-in/identity-provider";
import { signUpLink } from "@guildhall/testing/sign-up";
import { startTestSmtp } from "@guildhall/testing/smtp";
import { startGuildhall } from "../guildhall.ts";
import { makeSample, type Sample } from "../samples/sample.ts";

export async function startTourServer() {
  const smtp = await startTestSmtp();
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  const corp = await startIdentityProvider({ home, provider: "corp" });
  const guildhall = await startGuildhall(
    {
      ...{ PORT: String(port), PUBLIC_URL: home, OIDC_PROVIDERS: "corp" },
      ...{ OIDC_CORP_ISSUER: corp.issuer, OIDC_CORP_INSECURE: "true" },
      ...{ OIDC_CORP_CLIENT_ID: CLIENT.id, OIDC_CORP_CLIENT_SECRET: CLIENT.secret },
      OIDC_CORP_NAME: "Example Inc.",
    },
    { smtp },
  );
  // The first account of a server is greeted otherwise than all others.
  const first = await guildhall.person("First");
  const sample = await makeSample(guildhall);
  const email = "lena@example.org";
  // By anybody: who is signed in may ask for it too.
  await first.api.auth.requestSignUp.mutate({ email });
  const link = await signUpLink(smtp, email);
  // Has an account, and comes from the provider for the first time.
  corp.accounts.set("maya", { email: sample.owner.email, email_verified: true });
  corp.signsInAs = "maya";
  const all: TourSample = { ...sample, signUpLink: link.href };
  return {
    guildhall,
    sample: all,
    async stop() {
      await guildhall.stop();
      await corp.stop();
      await smtp.stop();
    },
  };
}

export type TourSample = Sample & {
  /** As it was mailed to somebody who has no account yet. */
  signUpLink: string;
};
