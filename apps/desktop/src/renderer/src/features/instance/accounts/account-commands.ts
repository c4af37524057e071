import type { RouterOutputs } from "@guildhall/api/client";
import type { Connection } from "@/sync/server/connection.ts";

export type Account = RouterOutputs["instance"]["accounts"]["accounts"][number];

type Command = {
  /** In the menu. */
  label: string;
  /** The question, its answer, and what is said once it is done. */
  ask: (name: string) => string;
  confirm: string;
  done: (name: string) => string;
  /** What ends by it, and what stays. */
  ends: string;
  stays: string;
  isDanger: boolean;
  isFor: (account: Account, isMe: boolean) => boolean;
  /** Answers what else is to be said. */
  run: (client: Connection["client"], userId: string) => Promise<string | undefined>;
};

const nothingElse = () => undefined;

export const accountCommands = {
  sendReset: {
    label: "Send password reset…",
    ask: (name) => `Send a password reset to ${name}?`,
    confirm: "Send password reset",
    done: (name) => `Password reset sent to ${name}`,
    ends: "They get a mail with a link to choose a new password. Once they choose one, their other sessions end.",
    stays: "Until then, their password and sessions work as before.",
    isDanger: false,
    isFor: ({ deactivatedAt }) => !deactivatedAt,
    async run(client, userId) {
      const { isSent, isMailed } = await client.instance.sendReset.mutate({ userId });
      if (!isSent)
        return "Several were sent recently, so no other one was sent now. Try again later.";
      return isMailed ? undefined : "This server sends no mail: the link is in its log.";
    },
  },
  endSessions: {
    label: "End sessions…",
    ask: (name) => `End the sessions of ${name}?`,
    confirm: "End sessions",
    done: (name) => `Sessions of ${name} ended`,
    ends: "They are signed out on all devices now.",
    stays:
      "Access tokens keep working. Unsent changes stay on their devices and are sent when they sign in there again.",
    isDanger: true,
    isFor: ({ deactivatedAt, sessions }, isMe) => !(deactivatedAt || isMe) && sessions > 0,
    run: (client, userId) => client.instance.endSessions.mutate({ userId }).then(nothingElse),
  },
  resetFactors: {
    label: "Remove second factors…",
    ask: (name) => `Remove all second factors of ${name}?`,
    confirm: "Remove second factors",
    done: (name) => `Second factors of ${name} removed`,
    ends: "Their passkeys, authenticator app and recovery codes are gone, and they are signed out on all devices. They get a mail about it. First make sure it is really them who asked you.",
    stays:
      "Their password and access tokens keep working. Where a second factor is required, they set up a new one first.",
    isDanger: true,
    isFor: ({ hasSecondFactor }, isMe) => hasSecondFactor && !isMe,
    run: (client, userId) => client.instance.resetFactors.mutate({ userId }).then(nothingElse),
  },
  makeAdministrator: {
    label: "Make administrator…",
    ask: (name) => `Make ${name} an administrator?`,
    confirm: "Make administrator",
    done: (name) => `${name} is now an administrator`,
    ends: "They can manage all accounts, change this server's settings and read its audit log. They can also remove you as an administrator.",
    stays: "They don't get access to anybody's workspace.",
    isDanger: false,
    isFor: ({ isAdministrator, deactivatedAt }) => !(isAdministrator || deactivatedAt),
    run: (client, userId) =>
      client.instance.setAdministrator.mutate({ userId, isAdministrator: true }).then(nothingElse),
  },
  unmakeAdministrator: {
    label: "Remove as administrator…",
    ask: (name) => `Remove ${name} as an administrator?`,
    confirm: "Remove as administrator",
    done: (name) => `${name} is no longer an administrator`,
    ends: "They can no longer manage accounts, change this server's settings or read its audit log.",
    stays: "Their account, sessions and workspaces stay as they are.",
    isDanger: true,
    isFor: ({ isAdministrator }) => isAdministrator,
    run: (client, userId) =>
      client.instance.setAdministrator.mutate({ userId, isAdministrator: false }).then(nothingElse),
  },
  deactivate: {
    label: "Deactivate…",
    ask: (name) => `Deactivate ${name}?`,
    confirm: "Deactivate account",
    done: (name) => `${name} deactivated`,
    ends: "Ends now: their sessions, access tokens, push and mail notifications, and password reset links. Pages they have open say so.",
    stays:
      "Stays: everything they made, and their place in workspaces. Unsent changes stay on their devices. You can reactivate the account at any time.",
    isDanger: true,
    isFor: ({ deactivatedAt }, isMe) => !(deactivatedAt || isMe),
    run: (client, userId) => client.instance.deactivate.mutate({ userId }).then(nothingElse),
  },
  reactivate: {
    label: "Reactivate…",
    ask: (name) => `Reactivate ${name}?`,
    confirm: "Reactivate account",
    done: (name) => `${name} reactivated`,
    ends: "They can sign in again, and have the workspaces and roles they had.",
    stays:
      "Sessions and access tokens that ended don't come back: they sign in again and create new tokens.",
    isDanger: false,
    isFor: ({ deactivatedAt }) => deactivatedAt !== null,
    run: (client, userId) => client.instance.reactivate.mutate({ userId }).then(nothingElse),
  },
} satisfies Record<string, Command>;

export type AccountCommand = keyof typeof accountCommands;
export const accountCommandNames = Object.keys(accountCommands) as AccountCommand[];
export type Asked = { account: Account; command: AccountCommand };
