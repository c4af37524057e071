/**
 * What can wait in the outbox: what people do all day, and must be able to do without a connection.
 * Rights and settings are asked of the server at once.
 *
 * A mutation is declared beside its entity: its procedure, how it shows until the server has answered,
 * what of the answer is put where, and what takes it back. The app registers all of them
 * (app/sync/registry.ts); one that it does not know cannot be performed, and does not compile.
 */
import type { CacheTransaction } from "./cache-transaction.ts";
import type { Edit } from "./optimistic.ts";
import type { OutboxEntry } from "./outbox/outbox-store.ts";
import type { MutationInput, MutationPath, OutputOf } from "./procedures.ts";

/** Something composed of the server's rows that mutations change before the server does. */
export type View<State> = { readonly name: string; readonly state?: State };
export const defineView = <State>(name: string): View<State> => ({ name });

/** A mutation as it is asked for; `was` is what its own inverse will want to know. */
export type Asked = {
  [P in MutationPath]: { mutation: P; input: MutationInput<P>; shown?: unknown; was?: unknown };
}[MutationPath];

type Declared<P extends MutationPath, State, Shown, Was, About> = {
  /** For the list of what waits, and of what can be undone: "Move APP-12". */
  label: (about: About) => string;
  /** Optimistically. `shown`: what was known when it was done, as what an undo brings back. */
  apply?: (state: State, input: MutationInput<P>, edit: Edit, shown: Shown | undefined) => void;
  /** In every window, before it leaves the outbox: nothing flickers in between. */
  onAnswer?: (tx: CacheTransaction, answer: OutputOf<P>, place: { workspaceId: string }) => void;
  /** What takes it back: a mutation again, with an inverse of its own that redoes it. */
  inverse?: (
    done: { id: string; input: MutationInput<P>; shown: Shown | undefined },
    was: Was,
  ) => Asked;
  /** The id of what it makes: until it is answered, the server does not know it. */
  creates?: (input: MutationInput<P>) => string | undefined;
  /** Names under which pages of earlier versions left it on this computer. */
  formerly?: readonly string[];
};

export type Mutation<P extends MutationPath, State, Shown, Was, About> = {
  readonly path: P;
  readonly view: View<State>;
} & Declared<P, State, Shown, Was, About>;

/** Those of an entity: what they change shows in one view. */
export const mutationsOf =
  <State>(view: View<State>) =>
  <P extends MutationPath, Shown = undefined, Was = undefined, About = undefined>(
    path: P,
    declared: Declared<P, State, Shown, Was, About>,
  ): Mutation<P, State, Shown, Was, About> => ({ path, view, ...declared });

/** Any of them, as the engine sees it: by its path alone. */
export type AnyMutation = {
  readonly path: MutationPath;
  readonly label: (about: never) => string;
  readonly view: { readonly name: string };
  readonly apply?: (state: never, input: never, edit: Edit, shown: never) => void;
  readonly onAnswer?: (tx: CacheTransaction, answer: never, place: { workspaceId: string }) => void;
  readonly inverse?: (done: never, was: never) => Asked;
  readonly creates?: (input: never) => string | undefined;
  readonly formerly?: readonly string[];
};

// biome-ignore lint/suspicious/noEmptyInterface: the app adds what it registers, by its types.
export interface Registered {}
export type RegisteredMutation = Registered extends { mutation: infer M extends AnyMutation }
  ? M
  : never;

type With<Name extends string, T> = [T] extends [undefined] ? unknown : Record<Name, T>;
/** What a mutation wants to know when it is performed. */
export type Performing<M> =
  M extends Mutation<infer P, infer _State, infer Shown, infer Was, infer About>
    ? { input: MutationInput<P> } & With<"shown", Shown> & With<"was", Was> & With<"about", About>
    : never;

type EntryOf<M> =
  M extends Mutation<infer P, infer _State, infer Shown, infer _Was, infer _About>
    ? OutboxEntry & { input: MutationInput<P>; shown?: Shown }
    : never;

export const isEntryOf = <M extends AnyMutation>(
  mutation: M,
  entry: OutboxEntry,
): entry is OutboxEntry & EntryOf<M> => entry.mutation === mutation.path;

export type Mutations = ReadonlyMap<string, AnyMutation>;
export const byPath = (mutations: readonly AnyMutation[]): Mutations =>
  new Map(mutations.map((mutation) => [mutation.path, mutation]));
