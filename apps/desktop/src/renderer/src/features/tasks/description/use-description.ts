import { useEffect, useEffectEvent, useRef, useState } from "react";
import { storedDrafts } from "@/entities/editor/stored-drafts.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { updateTask } from "@/entities/tasks/sync/task-mutations.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { useObservable } from "@/lib/observable.ts";
import { isEntryOf } from "@/sync/define-mutation.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { usePageHide } from "@/ui/layout/use-page-hide.ts";
import {
  arrived,
  type Draft,
  isUnsaved,
  refusedSave,
  saved,
  startDraft,
  typed,
} from "./description-draft.ts";

const SAVE_AFTER_MS = 900;

const describing = (entries: readonly OutboxEntry[], taskId: string) =>
  entries
    .filter((e) => isEntryOf(updateTask, e))
    .filter(({ input }) => input.id === taskId && input.patch.description !== undefined);

/**
 * The description while it is written. Nothing typed is ever lost: it is in localStorage with each
 * key, in the outbox after each pause, and a save that the server refused opens the editor again.
 */
export function useDescription(task: TaskView, mayEdit: boolean) {
  const { me, outbox, undo } = useSyncClient();
  const mutations = useTaskMutations();
  // As the server knows it, without what waits here; it is useTask that reads it.
  const { data, refetch } = trpc.tasks.get.useQuery({ id: task.id }, { enabled: false });
  const server = data?.description;
  const mine = describing(useObservable(outbox.entries), task.id);
  const isSending = mine.some((e) => !e.refusal);
  const refusals = mine.filter((e) => e.refusal?.reason === "description_changed");
  const shown = task.description;
  const [draft, setDraft] = useState<Draft | null>(null);
  /** The text when the editing began, for one step of undo. */
  const before = useRef("");

  function begin(next: Draft) {
    before.current = next.base;
    setDraft(next);
  }

  function change(next: Draft) {
    setDraft(next);
    if (next.text === next.base && !next.theirs) storedDrafts.remove(me.id, task.id);
    else storedDrafts.write(me.id, task.id, { base: next.base, text: next.text });
  }

  /** False when there was nothing to save, or it may not be saved now. */
  function save(next = draft): Draft | null {
    if (!next || !isUnsaved(next)) return next;
    const stored = { base: next.base, text: next.text };
    mutations.describe(task, next.text, next.base).then(() => {
      const now = storedDrafts.read(me.id, task.id);
      if (now?.text === stored.text) storedDrafts.remove(me.id, task.id);
    });
    const after = saved(next);
    setDraft(after);
    return after;
  }

  function finish() {
    const last = save();
    if (last && !last.theirs) {
      const [from, to] = [before.current, last.text];
      if (from !== to) {
        undo.push({
          label: `Edit description of ${task.key}`,
          undo: () => void mutations.describe(task, from, to),
          redo: () => void mutations.describe(task, to, from),
        });
      }
      setDraft(null);
    }
  }

  // A pause of the typing hand saves; but one save at a time, so that an hour offline is one edit.
  const saveSoon = useEffectEvent(() => void save());
  const text = draft?.text;
  const isDue = draft !== null && isUnsaved(draft) && !isSending;
  useEffect(() => {
    if (!isDue || text === undefined) return;
    const timer = setTimeout(saveSoon, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, isDue]);

  // What the server has now, against what is being written.
  const compare = useEffectEvent((now: string) => {
    if (!draft) return;
    const next = arrived(draft, now, isSending);
    if (next !== draft) change(next);
  });
  useEffect(() => {
    if (server !== undefined) compare(server);
  }, [server, isSending]);

  // A refused save, now or from an earlier visit: the text comes back into the editor, beside theirs.
  const refusedIds = refusals.map((e) => e.id).join();
  const reopen = useEffectEvent((theirs: string | undefined) => {
    const [first] = refusals;
    const last = refusals.at(-1);
    if (!first || !last || !mayEdit) return;
    const was = first.input.descriptionWas ?? "";
    const open = draft ?? startDraft(was, last.input.patch.description);
    if (!draft) before.current = was;
    for (const { id } of refusals) outbox.discard(id);
    const next = refusedSave(open, was);
    change(theirs === undefined ? next : arrived(next, theirs, false));
  });
  useEffect(() => {
    if (!refusedIds) return;
    // The refusal is often sooner than the change that caused it: after a time without connection
    // the feed has yet to catch up. Without theirs the same text would be sent and refused again.
    let isOver = false;
    refetch().then((answer) => !isOver && reopen(answer.data?.description));
    return () => {
      isOver = true;
    };
  }, [refusedIds, refetch]);

  // Typed and cut off (a crash, a closed window) before the outbox had it.
  const recover = useEffectEvent(() => {
    const stored = storedDrafts.read(me.id, task.id);
    if (!stored || shown === undefined || !mayEdit) return;
    if (stored.text === shown) return storedDrafts.remove(me.id, task.id);
    begin(arrived(startDraft(stored.base, stored.text), shown, false));
  });
  const isRead = shown !== undefined;
  useEffect(() => {
    if (isRead) recover();
  }, [isRead]);

  // Leaving the task by a click elsewhere or a key ends the editing too.
  const leave = useEffectEvent(() => void save());
  useEffect(() => () => leave(), []);
  usePageHide(() => void save());

  return {
    draft,
    start: () => shown !== undefined && begin(startDraft(shown)),
    type: (next: string) => draft && change(typed(draft, next)),
    resolve(next: Draft) {
      change(next);
      save(next);
    },
    finish,
  };
}
