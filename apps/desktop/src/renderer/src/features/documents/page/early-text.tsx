/**
 * What is written below the title before the editor is there.
 *
 * The editor is as large as the rest of the app, and comes a moment after the page. Whoever presses
 * Enter in the title goes on writing in that moment: this takes what they type, and the editor takes
 * it over with the caret. It is known by its document, so that going away loses nothing either.
 */
import type { Editor } from "@tiptap/core";
import { useEffect, useEffectEvent, useRef } from "react";
import { createObservable, useObservable } from "@/lib/observable.ts";

/** Where one was going: to the text's start, or onto a new first line. */
export type Leaving = "start" | "line";
type Early = { how: Leaving; text: string };

const early = createObservable<ReadonlyMap<string, Early>>(new Map());

function set(documentId: string, to: Early | null) {
  const next = new Map(early.get());
  if (to) next.set(documentId, to);
  else next.delete(documentId);
  early.set(next);
}

export const useEarlyText = (documentId: string) => useObservable(early).get(documentId);

export const beginEarlyText = (documentId: string, how: Leaving) =>
  set(documentId, { how, text: early.get().get(documentId)?.text ?? "" });

/** A plain field in the place of the text, where there is something to take over. */
export function EarlyText({ documentId }: { documentId: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const waiting = useEarlyText(documentId);
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  if (!waiting) return null;
  return (
    <div className="document-column">
      <textarea
        ref={field}
        dir="auto"
        aria-label="Text"
        rows={1}
        value={waiting.text}
        onChange={({ target }) => set(documentId, { ...waiting, text: target.value })}
        className="document-text field-sizing-content block w-full resize-none bg-transparent outline-none"
      />
    </div>
  );
}

/** As soon as the editor is there, it has what was typed, and the caret behind it. */
export function useTakeEarlyText(documentId: string, editor: Editor | null) {
  const waiting = useEarlyText(documentId);
  const take = useEffectEvent((into: Editor, { how, text }: Early) => {
    set(documentId, null);
    leaveToText(into, how, text);
  });
  useEffect(() => {
    if (editor && waiting) take(editor, waiting);
  }, [editor, waiting]);
}

/** From the title into the text: onto new first lines with this in them, or to its start. */
export function leaveToText(editor: Editor, how: Leaving, text = "") {
  const { doc } = editor.state;
  if (how === "start" && text === "") {
    editor.commands.setTextSelection(0);
    return editor.view.focus();
  }
  const lines = text.split("\n").map((line) => ({
    type: "paragraph",
    ...(line && { content: [{ type: "text", text: line }] }),
  }));
  const isBlank = doc.childCount === 1 && doc.firstChild?.content.size === 0;
  const end = text.length + lines.length;
  editor
    .chain()
    .insertContentAt(isBlank ? { from: 0, to: doc.content.size } : 0, lines)
    .setTextSelection(end)
    .run();
  // At once: TipTap's own way waits for a frame, in which keys are pressed already.
  editor.view.focus();
}
