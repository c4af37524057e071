/**
 * Where a description or a comment is written, as Markdown to whoever shows it.
 *
 * The editor is as large as the rest of the app and comes when the page has nothing else to do. Who is faster
 * writes into a plain field, and the editor takes it over, with the caret and what was dropped.
 */
import type { Editor } from "@tiptap/core";
import { AtSign, Paperclip, Plus } from "lucide-react";
import {
  type ComponentType,
  type FocusEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import type { FilePlace } from "@/entities/files/upload/file-place.ts";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import type { Person } from "@/ui/people/avatar.tsx";
import { PlainField } from "./plain-field.tsx";
import type { Early } from "./text-editor.tsx";

export type MarkdownFieldProps = {
  label: string;
  /** Markdown; another one than what was written last replaces it. */
  value: string;
  onValueChange: (markdown: string) => void;
  placeholder?: string;
  autoFocus?: boolean;
  /** Where on the page the caret is to stand, when what is read was clicked; else it stands at the end. */
  focusAt?: { x: number; y: number } | null | undefined;
  /** mod+Enter */
  onSubmit?: (() => void) | undefined;
  /** Escape */
  onCancel?: (() => void) | undefined;
  onBlur?: (() => void) | undefined;
  /** Where files hang that are chosen, dropped or pasted; null: nothing can hang there yet. */
  place: FilePlace | null;
  /** Who may see what is written, and so can be named; undefined: who sees its document, or the whole workspace. */
  people?: readonly Person[] | undefined;
  /** At the right of the tools: what one does when it is written. */
  commands?: ReactNode;
  /** In a frame of its own; in the place where the text is read; or as a part of a form. */
  look?: "framed" | "in-place" | "form";
};

type TextEditor = typeof import("./text-editor.tsx").default;

let loaded: TextEditor | null = null;
const load = async () => {
  loaded ??= (await import("./text-editor.tsx")).default;
  return loaded;
};

/** While somebody looks at what they may want to write in. */
export function usePrefetchTextEditor() {
  useEffect(() => {
    const id = requestIdleCallback(() => void load().catch(() => {}), { timeout: 2_000 });
    return () => cancelIdleCallback(id);
  }, []);
}

const popups = '[role="menu"],[role="listbox"],[role="dialog"],.popup';

export function MarkdownField(props: MarkdownFieldProps) {
  const { label, place, look = "framed", commands } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const { Editing, early, field, isEarly, addFiles } = useEditing(props);

  function onBlur({ relatedTarget }: FocusEvent) {
    // Another window in front takes no focus away: the person comes back to the same place.
    const isAway = relatedTarget === null && frame.current?.contains(document.activeElement);
    const isInside = frame.current?.contains(relatedTarget) || relatedTarget?.closest(popups);
    if (!isAway && !isInside && !isEarly()) props.onBlur?.();
  }
  function choose() {
    chooseFiles({ multiple: true }, (files) => {
      if (!editor) return addFiles(files);
      import("./files/put-files.ts").then(({ putFiles }) =>
        putFiles(editor, files, editor.state.selection.from),
      );
    });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and its own look.
    <div
      ref={frame}
      role="group"
      aria-label={label}
      className={`markdown-field markdown-field-${look}`}
      onBlur={onBlur}
      onKeyDown={(event) => {
        // What the text has used is no key of a dialog around it.
        if (event.isDefaultPrevented()) event.stopPropagation();
      }}
    >
      {Editing ? (
        <Editing {...props} early={early.current} onEditor={setEditor} />
      ) : (
        <PlainField {...props} ref={field} onFiles={addFiles} />
      )}
      <div className="markdown-field-tools">
        <InsertButton editor={editor} sign="/" label="Insert" icon={<Plus size={14} />} />
        <InsertButton editor={editor} sign="@" label="Mention" icon={<AtSign size={14} />} />
        {place && (
          <IconButton
            label="Attach files"
            size="small"
            icon={<Paperclip size={14} />}
            onMouseDown={(event) => event.preventDefault()}
            onClick={choose}
          />
        )}
        <span className="ml-auto flex items-center gap-1.5">{commands}</span>
      </div>
    </div>
  );
}

type InsertProps = { editor: Editor | null; sign: string; label: string; icon: ReactNode };

/** As if the sign had been typed where words may begin. */
function InsertButton({ editor, sign, label, icon }: InsertProps) {
  function insert() {
    if (!editor) return;
    const { $from } = editor.state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, " ", " ");
    const gap = before === "" || before.endsWith(" ") ? "" : " ";
    editor.chain().focus().insertContent(`${gap}${sign}`).run();
  }
  return (
    <IconButton
      label={label}
      size="small"
      icon={icon}
      disabled={!editor}
      // The text keeps the focus and its selection.
      onMouseDown={(event) => event.preventDefault()}
      onClick={insert}
    />
  );
}

/**
 * What a plain field waits for before it is given up: letters that are being composed belong to it, and Markdown
 * keeps no line without letters.
 */
function takesMore({ dataset, value, selectionStart }: HTMLTextAreaElement) {
  if (dataset.composing) return "compositionend";
  return /\n[ \t]*$/.test(value.slice(0, selectionStart)) ? "input" : null;
}

/** The editor once it is there, and what was done before. */
function useEditing({ autoFocus = false, value }: MarkdownFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const early = useRef<Early>({ caret: autoFocus ? value.length : null, files: [] });
  const isSwapping = useRef(false);
  const [Editing, setEditing] = useState<ComponentType<Parameters<TextEditor>[0]> | null>(
    () => loaded,
  );

  useEffect(() => {
    if (Editing) return;
    let isOver = false;
    const take = (made: TextEditor) => {
      const plain = field.current;
      if (isOver) return;
      const isThere = plain !== null && document.activeElement === plain;
      const next = plain && isThere && takesMore(plain);
      if (next)
        return plain.addEventListener(next, () => setTimeout(take, 0, made), { once: true });
      early.current = {
        caret: isThere ? plain.selectionStart : null,
        files: early.current.files,
      };
      isSwapping.current = true;
      // At once: a letter between this and the swap would stand behind the caret.
      flushSync(() => setEditing(() => made));
    };
    // Without a connection, the first time: then the plain field does.
    load().then(take, () => {});
    return () => {
      isOver = true;
    };
  }, [Editing]);
  useEffect(() => {
    isSwapping.current = false;
  }, [Editing]);

  const addFiles = useCallback((files: readonly File[]) => {
    early.current = { ...early.current, files: [...early.current.files, ...files] };
  }, []);
  const isEarly = useCallback(() => isSwapping.current, []);
  return { Editing, early, field, isEarly, addFiles };
}
