import { SmilePlus } from "lucide-react";
import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { IconPicker } from "@/entities/documents/icon-picker.tsx";
import type { DocumentWithRole } from "@/entities/documents/sync/use-document.ts";
import { useDocumentMutations } from "@/entities/documents/sync/use-document-mutations.ts";
import { usePageHide } from "@/ui/layout/use-page-hide.ts";
import "./document.css";

/** What is typed and not left yet; it is whose page it is, and outlives the field in it. */
export type TypedTitle = readonly [string | null, (typed: string | null) => void];

type Props = {
  document: DocumentWithRole;
  typedTitle: TypedTitle;
  readOnly: boolean;
  /** Into the text: to its start, or onto a new first line. */
  onLeave: (how: "start" | "line") => void;
  /** For what was just made: what is typed next is its title. */
  takesFocus?: boolean;
};

const SAVE_AFTER_MS = 600;

/** The title stands in the tree and not in the text; to the person it is the text's first line. */
export function DocumentTitle(props: Props) {
  const { document, typedTitle, readOnly, onLeave, takesFocus = false } = props;
  const { rename, setIcon } = useDocumentMutations();
  const [typed, setTyped] = typedTitle;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isCancelled = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const shown = typed ?? document.title;

  function save(text: string) {
    clearTimeout(timer.current);
    const title = text.replaceAll(/\s+/g, " ").trim();
    if (title !== document.title) rename(document, title);
  }

  function type(text: string) {
    const line = text.replaceAll("\n", " ");
    setTyped(line);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => save(line), SAVE_AFTER_MS);
  }

  function leave() {
    if (typed !== null && !isCancelled.current) save(typed);
    clearTimeout(timer.current);
    isCancelled.current = false;
    setTyped(null);
  }

  const saveTyped = () => {
    if (typed !== null) save(typed);
  };
  const flush = useEffectEvent(saveTyped);
  // A field that goes is not left: what was typed last would wait for the timer.
  useEffect(() => () => flush(), []);
  usePageHide(saveTyped);
  useLayoutEffect(() => {
    if (!takesFocus || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [takesFocus]);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const isAtEnd = selectionStart === selectionEnd && selectionEnd === value.length;
    if (event.key === "Escape") {
      isCancelled.current = true;
      event.currentTarget.blur();
    } else if (event.key === "Enter" || (event.key === "ArrowDown" && isAtEnd)) {
      event.preventDefault();
      onLeave(event.key === "Enter" && isAtEnd ? "line" : "start");
    }
  }

  return (
    <div className="document-column group/title pt-10 max-sm:pt-6">
      <div className="-ml-1.5 flex h-9 items-end">
        {document.icon || !readOnly ? (
          <IconPicker
            icon={document.icon}
            readOnly={readOnly}
            onPick={(icon) => setIcon(document, icon)}
            empty={
              <span className="flex items-center gap-1.5 px-1.5 text-12 text-muted">
                <SmilePlus size={14} aria-hidden="true" />
                Add icon
              </span>
            }
          />
        ) : null}
      </div>
      {readOnly ? (
        <p dir="auto" className="document-title">
          {document.title || "Untitled"}
        </p>
      ) : (
        <textarea
          ref={field}
          dir="auto"
          aria-label="Title"
          rows={1}
          maxLength={500}
          placeholder="Untitled"
          value={shown}
          onChange={(event) => type(event.target.value)}
          onBlur={leave}
          onKeyDown={onKeyDown}
          className="document-title field-sizing-content block w-full resize-none bg-transparent outline-none"
        />
      )}
    </div>
  );
}
