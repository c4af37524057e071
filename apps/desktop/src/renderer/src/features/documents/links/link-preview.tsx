import { PreviewCard } from "@base-ui/react/preview-card";
import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";
import { type LinkTarget, targetAt } from "@/entities/links/link-targets.ts";
import { DocumentPreview, TaskPreview } from "./target-preview.tsx";

const OPEN_MS = 350;
const CLOSE_MS = 180;

type Shown = LinkTarget & { element: Element };

/** A card with what a link leads to, while the pointer rests on it. */
export function LinkPreview({ editor }: { editor: Editor }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = (next: Shown | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(next), next ? OPEN_MS : CLOSE_MS);
  };

  useEffect(() => {
    const { dom } = editor.view;
    let over: Element | null = null;
    const onOver = ({ target }: Event) => {
      const at = target instanceof Element ? targetAt(editor, target) : null;
      if ((at?.element ?? null) === over) return;
      over = at?.element ?? null;
      later(at);
    };
    const onLeave = () => {
      over = null;
      later(null);
    };
    // What is typed moves the link from under the card.
    const onKey = () => {
      clearTimeout(timer.current);
      setShown(null);
    };
    dom.addEventListener("mouseover", onOver);
    dom.addEventListener("mouseleave", onLeave);
    dom.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer.current);
      dom.removeEventListener("mouseover", onOver);
      dom.removeEventListener("mouseleave", onLeave);
      dom.removeEventListener("keydown", onKey);
    };
  }, [editor]);

  return (
    <PreviewCard.Root open={shown !== null} onOpenChange={(open) => !open && setShown(null)}>
      <PreviewCard.Portal>
        <PreviewCard.Positioner
          anchor={shown?.element}
          sideOffset={6}
          align="start"
          className="z-40"
        >
          <PreviewCard.Popup
            className="popup w-80 p-3.5 text-13"
            onMouseEnter={() => clearTimeout(timer.current)}
            onMouseLeave={() => later(null)}
          >
            {shown?.target === "document" && <DocumentPreview id={shown.id} />}
            {shown?.target === "task" && <TaskPreview id={shown.id} />}
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}
