import { useRef, useState } from "react";
import type { ChecklistView } from "@/entities/checklists/sync/checklist-view.ts";
import { ChecklistHeader } from "./checklist-header.tsx";
import { ChecklistItem } from "./checklist-item.tsx";
import { useChecklistsParts } from "./checklists-context.ts";
import { NewItem } from "./new-item.tsx";
import { useListDrop } from "./use-item-drag.ts";

export function Checklist({ list }: { list: ChecklistView }) {
  const { readOnly, caret } = useChecklistsParts();
  /** Behind which item the next one is being written; at the end there is always a place for it. */
  const [writingBehind, setWritingBehind] = useState<string | null>(null);
  const end = useRef<HTMLLIElement>(null);
  const isOver = useListDrop(end, list);

  function writeBehind(id: string | null) {
    const isLast = id === null || id === list.items.at(-1)?.id;
    setWritingBehind(isLast ? null : id);
    caret.go({ at: "new", id: isLast ? list.id : id });
  }

  return (
    <section aria-label={`Checklist ${list.title}`}>
      <ChecklistHeader list={list} />
      <ul>
        {list.items.flatMap((item) => [
          <ChecklistItem
            key={item.id}
            item={item}
            list={list}
            onNext={() => writeBehind(item.id)}
          />,
          writingBehind === item.id && (
            <li key="writing">
              <NewItem
                list={list}
                behind={item}
                onAdded={setWritingBehind}
                onLeave={() => setWritingBehind(null)}
              />
            </li>
          ),
        ])}
        {!readOnly && (
          <li ref={end} key="end" className={isOver ? "shadow-[0_-2px_0_var(--accent)]" : ""}>
            <NewItem list={list} />
          </li>
        )}
      </ul>
    </section>
  );
}
