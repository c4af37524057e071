import type { Services } from "../../core/context.ts";

/** What happened to how somebody signs in; they are told by mail, as it may not have been them. */
const sentences = {
  appAdded: "An authenticator app was set up for your account.",
  appRemoved: "The authenticator app was removed from your account.",
  passkeyAdded: "A passkey was added to your account.",
  passkeyRemoved: "A passkey was removed from your account.",
  codesMade: "New recovery codes were made for your account. The old ones no longer work.",
  codeUsed: "A recovery code was used to sign in to your account.",
  passkeyRefused:
    "A sign-in to your account by a passkey was refused: the passkey may have been copied. Remove it in Settings, Security, and add a new one.",
  providerConnected:
    "A sign-in provider was connected to your account: from now on it signs you in.",
  providerDisconnected: "A sign-in provider was disconnected from your account.",
  reset: "An administrator removed all second factors from your account.",
} as const;

export type FactorNews = keyof typeof sentences;

/** A failure to send is logged for the operator. */
export async function tellFactors(
  { config }: Pick<Services, "config">,
  user: { email: string },
  news: FactorNews,
  more = "",
): Promise<void> {
  const lines = [
    [sentences[news], more].filter(Boolean).join(" "),
    `If this wasn't you, open Guildhall, change your password in Settings, Account, and end the sessions that aren't yours in Settings, Sessions:\n${config.publicUrl}/`,
  ];
  await config
    .sendMail({
      to: user.email,
      subject: "How you sign in to Guildhall has changed",
      text: lines.join("\n\n"),
    })
    .catch((error) => config.log.error({ err: error }, "news of a second factor were not mailed"));
}
