import type { Db, Tx } from "@guildhall/db";
import type { SignInMethod, WorkspaceRole } from "@guildhall/db/lists";
import type { About } from "./about.ts";
import type { Bus } from "./bus/bus.ts";
import type { RecordedChange } from "./feed/change.ts";
import type { FileStore } from "./file-store.ts";
import type { InstanceSettings } from "./settings/settings.ts";
import type { SettingsCache } from "./settings/settings-cache.ts";
import type { Signals } from "./signals.ts";
import type { SocketSink } from "./socket.ts";
import type { Telemetry } from "./telemetry.ts";
import type { WriteContext } from "./write.ts";
import type { WriteQueue } from "./write-queue.ts";

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** `<…@…>`; the same for the same mail, however often it is sent. */
  messageId?: string;
  /** What it belongs to, so that mails about one thing stand together. */
  inReplyTo?: string;
  references?: string;
  /** Where its reader ends such mails with one click; of those that come by themselves. */
  unsubscribe?: string;
};

/** An identity provider of OpenID Connect, as the operator set it. */
export type IdentityProvider = {
  /** In the settings and in addresses: small letters and digits. */
  id: string;
  /** On the button. */
  name: string;
  issuer: string;
  clientId: string;
  /** Without one it is a public client, which PKCE alone protects. */
  clientSecret?: string | undefined;
  scopes: string;
  /** Whose addresses get an account when they first come: none, these, or `*` for all. */
  domains: readonly string[];
  claims: {
    /** Says whether the address is verified. */
    verified: string;
    /** Says in which groups they are there, for `roles`. */
    groups: string;
  };
  /** Who has the value in that claim (`*`: whoever comes) has this role in the workspace. */
  roles: readonly { value: string; workspaceId: string; role: WorkspaceRole }[];
  /** Who has the value in that claim is in this group of the workspace, by its name or handle. */
  groups: readonly { value: string; workspaceId: string; group: string }[];
  /**
   * Whether it answers for a second factor of who comes only by it: never, always, or when `amr` or `acr`
   * says one of these.
   */
  secondFactor: boolean | readonly string[];
  /** By how many seconds its clock and ours may differ. */
  clockTolerance: number;
  /** It is asked over http: on this machine only. */
  isInsecure: boolean;
};

export type ApiConfig = {
  /** What runs here; unknown unless given. */
  about?: About;
  jwtSecret: string;
  jwtAlgorithm: "HS256" | "HS384" | "HS512";
  /** What the environment says of the instance's settings: it wins over what is set in the app. */
  fixedSettings?: Partial<InstanceSettings>;
  /** Through whom people sign in without a password here; none unless given. */
  providers?: readonly IdentityProvider[];
  /** Of bcrypt, as a power of two; the product leaves it out, tests save a quarter second a hash. */
  passwordCost?: number;
  /** How long the feed reaches back. */
  changesKeepDays: number;
  /** For how long people find what they were told: all of it, and what they are done with. */
  notificationsKept: { days: number; doneDays: number };
  /** Where people reach the page; the front of every link in a mail. */
  publicUrl: string;
  secureCookies: boolean;
  /** Rejects with `MailRefused` (core/outgoing/mailer.ts) when it never will be taken. */
  sendMail: (mail: Mail) => Promise<void>;
  /** Whether that reaches anybody; else it is only in the log. */
  sendsMail: boolean;
  /** How long notifications wait for others before they are mailed together. */
  mailAfterMinutes: number;
  /** For tests alone: push services may be on this machine. */
  pushesInside?: boolean;
  log: {
    info: (fields: object, message: string) => void;
    warn: (fields: object, message: string) => void;
    error: (fields: object, message: string) => void;
  };
};

/** Who is asking: a person, by a session of theirs or by one of their access tokens. */
export type Actor = {
  user: { id: string; email: string; name: string };
  credential:
    | { kind: "session"; id: string /** To be given out again. */; isCookieOld?: boolean }
    | { kind: "token"; id: string };
  scope: "read" | "write";
};

/** Turns what the client presents into an actor; asked again on every call. */
export type Authenticate = (credentials: Credentials) => Promise<Actor | null>;

/** How somebody came to a session. */
export type SessionStart = {
  by: SignInMethod;
  hasPassedFactor?: boolean;
  /** When they showed who they are, if that was not in this moment. */
  authenticatedAt?: Date | null;
};

/** What the rest may ask of sessions; `auth/sessions.ts` keeps them. */
type SessionStore = {
  /** Why what is presented opens its account no more; null when it is of none, or would open it. */
  whyGone(credentials: Credentials): Promise<"deactivated" | "closed" | null>;
  /** By a password alone, unless said otherwise. */
  open(
    userId: string,
    client: Context["client"],
    how?: SessionStart,
  ): Promise<{ id: string; secret: string; cookie: string }>;
  close(sessionId: string): Promise<void>;
  /** The cookies that give a session its whole life again. */
  renew(cookieHeader: string): Promise<string[]>;
  blankCookies(): string[];
};

export type Credentials = {
  token: string | null;
  cookie: string | null;
  /** Whose edits the client believes to send: one browser has one cookie, and two tabs may differ. */
  expectedUser?: string | null;
};

/** What the search adds to itself where it is made. */
export interface SearchService {
  /** Something was written that may have to be found. */
  wake(): void;
}

/** What is served live: `live/services.ts` says it. */
// biome-ignore lint/suspicious/noEmptyInterface: filled there.
export interface LiveServices {}

/** Sign-in through providers: `oidc/connections.ts` says it. */
// biome-ignore lint/suspicious/noEmptyInterface: filled there.
export interface ProviderServices {}

export type FailedTry = {
  client: Context["client"];
  /** Whose account it was, when there is such; an address that is nobody's is not kept: it may be a password. */
  account: { id: string; name: string } | null;
  reason: "password" | "deactivated" | "too_many_tries" | "second_factor" | "provider";
};

export type Services = LiveServices &
  ProviderServices & {
    db: Db;
    /** For the audit log; neither waits nor fails (audit/failed-sign-ins.ts). */
    failedSignIns: { note(tried: FailedTry): void };
    config: ApiConfig;
    bus: Bus;
    signals: Signals;
    telemetry: Telemetry;
    /** The bytes of files. */
    files: FileStore;
    authenticate: Authenticate;
    settings: SettingsCache;
    sessions: SessionStore;
    limits: Limits;
    /** Hands a waiting import to the background. */
    enqueueImport: (importId: string) => Promise<void>;
    /** Has what is made of a file's bytes be made; they are noted already. */
    enqueueFile: (objectId: string) => Promise<void>;
    /** Many texts were written at once and not by typing: the background looks for them now. */
    lookForUnreadTexts: () => Promise<void>;
    /** Tries at once what failed in the background (core/jobs.ts). */
    retryJob: (queue: string, id: string) => Promise<void>;
    search: SearchService;
    writeQueue: WriteQueue;
    /** Somebody may have to be told of something on their devices. */
    wakePushes: () => void;
    /** Finds whom a write concerns, and notes it in its transaction: the changes that tell them of it. */
    notify: (
      tx: Tx,
      ctx: WriteContext,
      workspaceId: string | null,
      recorded: readonly RecordedChange[],
    ) => Promise<RecordedChange[]>;
  };

export type SignInTry = {
  email: string;
  address: string;
  /** Somebody has signed in to this account there before (auth/known-devices.ts). */
  isKnownDevice: boolean;
};

export type Limits = {
  /** Counts a try; throws `too_many_tries` past the bound. */
  login: { take(what: SignInTry): Promise<void>; forget(what: SignInTry): Promise<void> };
  /** Codes of second factors; also bounded in a day. */
  factors: { take(what: SignInTry): Promise<void>; forget(what: SignInTry): Promise<void> };
  /** Registrations, resets and other things a stranger may ask for, per address. */
  strangers: { take(address: string): Promise<void> };
  /** Per account: each sends a mail to somebody. */
  invitations: { take(userId: string): Promise<void> };
  confirmations: { take(userId: string): Promise<void> };
  /** Per address, whoever asks, and whether or not it has an account. */
  signUps: { take(email: string): Promise<void> };
  /** Per account: each costs a process. */
  pictures: { take(userId: string): Promise<void> };
  /** Sign-ins through a provider, per address: a whole office comes from one in the morning. */
  providers: { take(address: string): Promise<void> };
};

export type Context = {
  services: Services;
  credentials: Credentials;
  /** Where the call came from, for limits and the list of sessions. */
  client: { address: string; userAgent: string | null };
  /** Sets a response header; absent on a socket. */
  setCookie: ((cookie: string) => void) | null;
  /** The socket that the call came by; null for HTTP. */
  socket: SocketSink | null;
  /** The version of live events that the client was written for. */
  protocolVersion: number;
  /** Asked once for an HTTP request and its batch, again for every call on a socket. */
  findActor: () => Promise<Actor | null>;
};

export type ActorContext = Context & { actor: Actor };
export type MutationContext = ActorContext & Pick<WriteContext, "mutationId" | "path" | "queue">;
