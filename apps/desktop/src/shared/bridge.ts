import { z } from "zod/mini";
import { type DesktopState, desktopChanges } from "./desktop-settings.ts";
import type { LocalOffer, MovedWorkspace } from "./local.ts";
import { type NewsShown, news, place } from "./news.ts";
import {
  type AppCode,
  certificateToTrust,
  profileName,
  type ServerCheck,
  type ServerProfile,
} from "./servers.ts";
import { type UpdateState, updateState } from "./updates.ts";

/**
 * The contract between the window's pages and the main process: one table of what a page may ask, and one of
 * what main tells it. The preload makes `window.guildhall` of the names, main answers by the same rows
 * (main/bridge/), and nothing else crosses. A row says what its argument is, which is checked where it
 * arrives, and of which type its answer is.
 *
 * `zod/mini`, since the preload has the table in it and is read at each window's opening.
 */

export type Os = "mac" | "windows" | "linux" | "other";

/**
 * Where a session token ended up. "keychain": encrypted with a key the operating system guards, so
 * it is there at the next start. "memory": this machine has no such guard (often Linux without a
 * keyring), so the token is forgotten on quitting rather than stored as if it were safe; "plain": its person
 * was asked, and wants it stored all the same.
 */
export type TokenKept = "keychain" | "plain" | "memory";

type CallRow<Argument, Answer> = {
  readonly argument: z.ZodMiniType<Argument>;
  /** Never there: it only carries the type. */
  readonly answer?: (answer: Answer) => void;
};

const asked = <Argument>(argument: z.ZodMiniType<Argument>) => ({
  answers: <Answer>(): CallRow<Argument, Answer> => ({ argument }),
});
const nothing = z.undefined();
const id = z.string().check(z.maxLength(64));
const text = z.string().check(z.maxLength(8192));

const unread = z.object({ workspaceId: id, count: z.int().check(z.gte(0)) });

/** What a page may ask of main. */
export const calls = {
  // Servers and accounts: a window's pages are of one profile, and what follows is of that one.

  /** The server's address without a trailing slash; null until the person has named one. */
  getServerUrl: asked(nothing).answers<string | null>(),
  /** A workspace on this computer: whether the app brings a server for it, and how that does. */
  getLocalOffer: asked(nothing).answers<LocalOffer>(),
  /** Starts it, with an account of its own, and this profile is it; or another one, where this has a server. */
  useThisComputer: asked(nothing).answers<void>(),
  /** From the window of the one on this computer: all of it to that profile's server, as new workspaces there. */
  moveToServer: asked(id).answers<MovedWorkspace[]>(),
  /** What is at an address, as typed; null: at this profile's. */
  checkServer: asked(z.nullable(text)).answers<ServerCheck>(),
  /** Refuses what is not an http(s) address. Answers the address as it was stored. */
  setServerUrl: asked(text).answers<string>(),
  /** Of what `checkServer` has shown last: from now on it is taken from that host, and no other. */
  trustCertificate: asked(certificateToTrust).answers<void>(),
  /** Opens the system's browser, and answers once its person has let this app in there. */
  signInByBrowser: asked(nothing).answers<AppCode>(),
  cancelSignInByBrowser: asked(nothing).answers<void>(),
  getToken: asked(nothing).answers<string | null>(),
  setToken: asked(text).answers<TokenKept>(),
  clearToken: asked(nothing).answers<void>(),
  /** Cookies and caches of the network, once somebody has signed out. */
  forgetStored: asked(nothing).answers<void>(),

  // Of all profiles.

  listProfiles: asked(nothing).answers<ServerProfile[]>(),
  /** Opens a window in which a server can be named; answers the new profile's id. */
  addProfile: asked(nothing).answers<string>(),
  /** Its window comes to the front, in the place of this one. */
  switchProfile: asked(id).answers<void>(),
  renameProfile: asked(profileName).answers<void>(),
  /** With all that its pages have stored on this computer, and its sign-in. */
  removeProfile: asked(id).answers<void>(),
  distrustCertificate: asked(id).answers<void>(),
  /** Whether sign-ins are stored without encryption; null where this computer can encrypt them. */
  storesTokensInPlain: asked(nothing).answers<boolean | null>(),
  setStoresTokensInPlain: asked(z.boolean()).answers<void>(),

  // Of the app itself.

  getUpdate: asked(nothing).answers<UpdateState>(),
  /** Looks for one now, and answers once it is here or there is none. */
  checkForUpdate: asked(nothing).answers<UpdateState>(),
  /** Quits, puts it in and starts again; nothing where none is ready. */
  installUpdate: asked(nothing).answers<void>(),

  /** Opens http, https and mailto addresses in the person's own programs; refuses all others. */
  openExternal: asked(text).answers<void>(),

  // The app's place in its system.

  /** Something is new; answers who shows it. */
  tellNews: asked(news).answers<NewsShown>(),
  /** How much is unread in a workspace of this account. Null: nobody is signed in. */
  setUnread: asked(z.nullable(unread)).answers<void>(),
  /** As the pages are, so are title bar and menus. */
  setTheme: asked(z.enum(["system", "light", "dark"])).answers<void>(),
  getDesktop: asked(nothing).answers<DesktopState>(),
  setDesktop: asked(desktopChanges).answers<DesktopState>(),
  closeQuickAdd: asked(nothing).answers<void>(),
  /** Fetches a file, at an address that speaks for itself, so that it can be dragged out. Answers what starts that. */
  prepareDrag: asked(z.object({ url: text, name: text })).answers<string>(),
  startDrag: asked(text).answers<void>(),
  /** How much of this account waits to be sent; asked when the app is about to end. */
  answerWaiting: asked(z.int().check(z.gte(0))).answers<void>(),
} as const;

/** What main tells a page. */
export const events = {
  /** What the application menu can ask the page to do. */
  menuCommand: z.enum([
    ...(["new-task", "inbox", "search", "find", "palette", "shortcuts"] as const),
    ...(["back", "forward", "settings", "sign-out"] as const),
  ]),
  /** A notification was clicked, or a link opened. */
  openPlace: place,
  /** The app is about to end: answerWaiting. */
  askWaiting: z.literal(true),
  /** The computer sleeps or is locked, or is back. */
  wake: z.enum(["suspend", "resume", "lock-screen", "unlock-screen"]),
  /** The window of quick add is in front again. */
  quickAddShown: z.literal(true),
  /** A profile came or went, or something that `listProfiles` says of one. */
  profilesChanged: z.null(),
  updateChanged: updateState,
} as const;

export type MenuCommand = EventValue<"menuCommand">;
export type Wake = EventValue<"wake">;

export type CallName = keyof typeof calls;
export type CallArgument<Name extends CallName> = z.output<(typeof calls)[Name]["argument"]>;
export type CallAnswer<Name extends CallName> =
  (typeof calls)[Name] extends CallRow<infer _, infer Answer> ? Answer : never;
export type EventName = keyof typeof events;
export type EventValue<Name extends EventName> = z.output<(typeof events)[Name]>;

type Calls = {
  [Name in CallName]: undefined extends CallArgument<Name>
    ? (argument?: CallArgument<Name>) => Promise<CallAnswer<Name>>
    : (argument: CallArgument<Name>) => Promise<CallAnswer<Name>>;
};

/** `window.guildhall`. A call that is refused rejects with a sentence for the person. */
export type Bridge = Calls & {
  readonly os: Os;
  readonly version: string;
  /** Returns the function that ends the listening. */
  on<Name extends EventName>(name: Name, listener: (value: EventValue<Name>) => void): () => void;
};

/** As it travels: an error that is thrown across would reach the page with Electron's own words before it. */
export type Envelope = { ok: true; value: unknown } | { ok: false; message: string };

export const channelOf = (name: CallName | EventName) => `guildhall:${name}`;
