import { useMemo, useRef, useState } from "react";
import { useChecklistMutations } from "@/entities/checklists/sync/use-checklist-mutations.ts";
import { createObservable } from "@/lib/observable.ts";
import { Announcer } from "@/ui/layout/announcer.tsx";
import { AddChecklist } from "./add-checklist.tsx";
import { createCaret } from "./caret.ts";
import { Checklist } from "./checklist.tsx";
import { type ChecklistsParts, ChecklistsProvider } from "./checklists-context.ts";

type Props = Pick<
  ChecklistsParts,
  "task" | "project" | "tasks" | "people" | "readOnly" | "checklists"
>;

/** The checklists of a task, each with its items. */
export default function Checklists(props: Props) {
  const { checklists, readOnly } = props;
  const mutations = useChecklistMutations();
  const root = useRef<HTMLDivElement>(null);
  const caret = useMemo(() => createCaret(root), []);
  const [announcement] = useState(() => createObservable(""));
  const parts = useMemo(
    (): ChecklistsParts => ({
      ...props,
      mutations,
      caret,
      announce: (words) => announcement.set(words),
      move(item, list, between) {
        mutations.move(item, list.id, between);
        const others = list.items.filter(({ id }) => id !== item.id);
        const at = between.after ? others.indexOf(between.after) + 2 : 1;
        announcement.set(
          `“${item.text}” moved to position ${at} of ${others.length + 1} in ${list.title}`,
        );
      },
    }),
    [props, mutations, caret, announcement],
  );
  if (readOnly && checklists.length === 0) return null;
  return (
    <ChecklistsProvider value={parts}>
      <div ref={root} className="flex flex-col gap-5">
        {checklists.map((list) => (
          <Checklist key={list.id} list={list} />
        ))}
        {!readOnly && <AddChecklist />}
        <Announcer words={announcement} />
      </div>
    </ChecklistsProvider>
  );
}
