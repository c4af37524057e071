/**
 * The words that threads are about, marked in the text.
 *
 * What is typed here moves the ranges as ProseMirror maps positions. What comes from others replaces
 * the whole text, as the binding of Yjs does it: then every range is found again by its anchor.
 *
 * Splitting a paragraph or joining two is, for Yjs, deleting words and writing them anew elsewhere,
 * and the anchors stay with the deleted ones. Only here, where it was done, is it known where the
 * words went: `onMoved` says so, and the thread gets new anchors.
 */
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { ySyncPluginKey } from "@tiptap/y-tiptap";
import { type Anchor, anchorIn, type Range, rangesIn, syncedOf } from "./anchors.ts";
import { isStructural } from "./structural.ts";

type MarkedThread = { id: string; anchor: Anchor; isResolved: boolean };

/** The id of what is about to be commented on, while its first comment is written. */
export const PENDING = "pending";

export type CommentsInText = {
  threads: ReadonlyMap<string, MarkedThread>;
  /** Where each is; one whose words are gone has no place. */
  ranges: ReadonlyMap<string, Range>;
  active: string | null;
};

type Meta = {
  threads?: readonly MarkedThread[];
  active?: string | null;
  pending?: Anchor | null;
};

type State = CommentsInText & { marks: DecorationSet; isMoved: boolean };

export const commentsKey = new PluginKey<State>("comments");

export const setComments = (tr: Transaction, meta: Meta) =>
  tr.setMeta(commentsKey, meta).setMeta("addToHistory", false);

const empty: State = {
  threads: new Map(),
  ranges: new Map(),
  active: null,
  marks: DecorationSet.empty,
  isMoved: false,
};

type Options = {
  onOpen: (threadId: string) => void;
  onMoved: (threadId: string, anchor: Anchor) => void;
};

export function commentsPlugin({ onOpen, onMoved }: Options): Plugin<State> {
  return new Plugin<State>({
    key: commentsKey,
    state: {
      init: () => empty,
      apply(tr, state, _, after) {
        const meta = tr.getMeta(commentsKey) as Meta | undefined;
        if (meta) return withMeta(state, meta, after);
        return tr.docChanged ? afterChange(state, tr, after) : state;
      },
    },
    props: {
      decorations: (state) => commentsKey.getState(state)?.marks,
      handleClick(view, pos) {
        const id = threadAt(view.state, pos);
        if (id) onOpen(id);
        return false;
      },
    },
    view: () => ({
      update(view) {
        const { state } = view;
        const comments = commentsKey.getState(state);
        // By now the binding has written it into the Yjs document: it comes before in the list.
        if (comments?.isMoved) tellMoved(state, comments, onMoved);
      },
    }),
  });
}

function withMeta(state: State, meta: Meta, after: EditorState): State {
  const threads = meta.threads
    ? new Map(meta.threads.map((thread) => [thread.id, thread]))
    : new Map(state.threads);
  const pending = meta.pending === undefined ? anchorOfPending(state) : meta.pending;
  if (pending) threads.set(PENDING, { id: PENDING, anchor: pending, isResolved: false });
  else threads.delete(PENDING);
  const active = meta.active === undefined ? state.active : meta.active;
  const isSame = !meta.threads && meta.pending === undefined;
  const ranges = isSame ? state.ranges : found(after, threads);
  return marked({ threads, ranges, active, isMoved: false }, after.doc);
}

const anchorOfPending = ({ threads }: State) => threads.get(PENDING)?.anchor ?? null;

function found(state: EditorState, threads: CommentsInText["threads"]): Map<string, Range> {
  const synced = syncedOf(state);
  const anchors = [...threads.values()].map(({ id, anchor }) => [id, anchor] as const);
  return synced ? rangesIn(synced, anchors) : new Map();
}

function afterChange(state: State, tr: Transaction, after: EditorState) {
  const { threads } = state;
  if (threads.size === 0) return state;
  const isFromYjs = tr.getMeta(ySyncPluginKey)?.isChangeOrigin === true;
  const ranges = isFromYjs ? found(after, threads) : mapped(state.ranges, tr);
  const isMoved = !isFromYjs && isStructural(tr);
  return marked({ ...state, ranges, isMoved }, after.doc);
}

function mapped(ranges: CommentsInText["ranges"], { mapping }: Transaction): Map<string, Range> {
  const next = new Map<string, Range>();
  for (const [id, range] of ranges) {
    const from = mapping.map(range.from, 1);
    const to = mapping.map(range.to, -1);
    if (from < to) next.set(id, { from, to });
  }
  return next;
}

function marked(state: Omit<State, "marks">, doc: Node): State {
  const marks = [...state.ranges].flatMap(([id, { from, to }]) => {
    const isActive = id === state.active || id === PENDING;
    if (state.threads.get(id)?.isResolved && !isActive) return [];
    const name = isActive ? "comment-mark comment-mark-active" : "comment-mark";
    return [Decoration.inline(from, to, { class: name, "data-thread": id })];
  });
  return { ...state, marks: DecorationSet.create(doc, marks) };
}

function tellMoved(state: EditorState, comments: State, onMoved: Options["onMoved"]) {
  const synced = syncedOf(state);
  if (!synced) return;
  const held = found(state, comments.threads);
  for (const [id, range] of comments.ranges) {
    const at = held.get(id);
    const isHeld = at?.from === range.from && at.to === range.to;
    if (!isHeld && id !== PENDING) onMoved(id, anchorIn(synced, range));
  }
}

/** The innermost thread about what stands here. */
export function threadAt(state: EditorState, pos: number): string | null {
  const comments = commentsKey.getState(state);
  if (!comments) return null;
  const [first] = [...comments.ranges]
    .filter(([id, { from, to }]) => from <= pos && pos <= to && isShown(comments, id))
    .sort(([, a], [, b]) => a.to - a.from - (b.to - b.from));
  return first?.[0] ?? null;
}

const isShown = ({ threads, active }: CommentsInText, id: string) =>
  id !== PENDING && (!threads.get(id)?.isResolved || id === active);
