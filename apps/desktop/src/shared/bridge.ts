import { z } from "zod/mini";

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
 * keyring), so the token is forgotten on quitting rather than stored as if it were safe.
 */
export type TokenKept = "keychain" | "memory";

type CallRow<Argument, Answer> = {
  readonly argument: z.ZodMiniType<Argument>;
  /** Never there: it only carries the type. */
  readonly answer?: (answer: Answer) => void;
};

const asked = <Argument>(argument: z.ZodMiniType<Argument>) => ({
  answers: <Answer>(): CallRow<Argument, Answer> => ({ argument }),
});
const nothing = z.undefined();
const text = z.string().check(z.maxLength(8192));

/** What a page may ask of main. */
export const calls = {
  /** The server's address without a trailing slash; null until the person has named one. */
  getServerUrl: asked(nothing).answers<string | null>(),
  /** Refuses what is not an http(s) address. Answers the address as it was stored. */
  setServerUrl: asked(text).answers<string>(),
  getToken: asked(nothing).answers<string | null>(),
  setToken: asked(text).answers<TokenKept>(),
  clearToken: asked(nothing).answers<void>(),
  /** Opens http, https and mailto addresses in the person's own programs; refuses all others. */
  openExternal: asked(text).answers<void>(),
} as const;

/** What main tells a page. */
export const events = {
  /** What the application menu can ask the page to do. */
  menuCommand: z.enum(["new-task", "search", "palette", "shortcuts", "settings", "sign-out"]),
} as const;

export type MenuCommand = EventValue<"menuCommand">;

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
