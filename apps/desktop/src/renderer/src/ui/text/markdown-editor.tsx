import { Bold, Code, Italic, Link2, List, ListChecks, Paperclip, TextQuote } from "lucide-react";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useRef,
} from "react";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { keysOf } from "@/ui/shortcuts/keys.ts";
import { isMac } from "@/ui/shortcuts/use-shortcut.ts";
import {
  continueList,
  type Edit,
  makeLink,
  type Selection,
  toggleMark,
  togglePrefix,
} from "./markdown-edits.ts";

const tools = [
  { label: "Bold", keys: "mod+b", icon: Bold, edit: (s: Selection) => toggleMark(s, "**") },
  { label: "Italic", keys: "mod+i", icon: Italic, edit: (s: Selection) => toggleMark(s, "_") },
  { label: "Code", keys: "mod+e", icon: Code, edit: (s: Selection) => toggleMark(s, "`") },
  { label: "Link", keys: "mod+k", icon: Link2, edit: makeLink },
  { label: "List", keys: "mod+shift+8", icon: List, edit: (s: Selection) => togglePrefix(s, "- ") },
  {
    label: "Checklist",
    keys: "mod+shift+9",
    icon: ListChecks,
    edit: (s: Selection) => togglePrefix(s, "- [ ] "),
  },
  {
    label: "Quote",
    keys: "mod+shift+.",
    icon: TextQuote,
    edit: (s: Selection) => togglePrefix(s, "> "),
  },
];

type Props = {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  placeholder?: string;
  rows?: number;
  autoFocus?: boolean;
  /** mod+Enter */
  onSubmit?: () => void;
  /** Escape */
  onCancel?: () => void;
  onBlur?: () => void;
  /** For chosen, dropped and pasted files: the text that shows them. */
  onFiles?: (files: readonly File[]) => string;
  /** At the right of the tools: what one does when it is written. */
  commands?: ReactNode;
};

/** A growing field for Markdown, with its keys and a row of tools below the text. */
export function MarkdownEditor(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const {
    label,
    value,
    onValueChange,
    placeholder,
    rows = 3,
    onSubmit,
    onCancel,
    commands,
  } = props;

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    const area = event.currentTarget;
    const keys = keysOf(event.nativeEvent, isMac);
    const tool = tools.find((each) => each.keys === keys);
    if (tool) apply(area, tool.edit(selectionOf(area)));
    else if (keys === "mod+enter" && onSubmit) onSubmit();
    else if (keys === "escape" && onCancel) onCancel();
    else if (keys === "enter") {
      const edit = continueList(selectionOf(area));
      if (!edit) return;
      apply(area, edit);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function putFiles(event: ClipboardEvent | DragEvent | null, files: readonly File[]) {
    if (!field.current || !props.onFiles || files.length === 0) return;
    event?.preventDefault();
    apply(field.current, insertion(selectionOf(field.current), props.onFiles(files)));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and its own look.
    <div
      ref={frame}
      role="group"
      aria-label={label}
      className="rounded-control border border-line-strong bg-surface shadow-card focus-within:border-focus focus-within:outline-1 focus-within:outline-focus"
      onBlur={(event) => {
        // Another window in front takes no focus away: the person comes back to the same place.
        const isAway = document.activeElement === field.current;
        if (!isAway && !frame.current?.contains(event.relatedTarget)) props.onBlur?.();
      }}
    >
      <textarea
        dir="auto"
        ref={field}
        // biome-ignore lint/a11y/noAutofocus: only where the person has just asked to write.
        autoFocus={props.autoFocus}
        aria-label={label}
        placeholder={placeholder}
        rows={rows}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          // Text that was copied from an office program brings a picture of itself along.
          if (event.clipboardData.types.includes("text/plain")) return;
          putFiles(event, [...event.clipboardData.files]);
        }}
        onDragOver={(event) => {
          if (props.onFiles && event.dataTransfer.types.includes("Files")) event.preventDefault();
        }}
        onDrop={(event) => putFiles(event, [...event.dataTransfer.files])}
        className="field-sizing-content block max-h-[60vh] min-h-(--field-height) w-full resize-none bg-transparent px-3 py-2 text-14 leading-[1.375rem] outline-none"
        style={{ ["--field-height" as string]: `${rows * 22 + 16}px` }}
      />
      <div className="flex flex-wrap items-center gap-0.5 px-1.5 pb-1.5">
        {tools.map(({ label: name, keys, icon: Icon, edit }, index) => (
          <span key={name} className={cx("flex", index > 3 && "max-[480px]:hidden")}>
            <IconButton
              label={name}
              keys={keys}
              size="small"
              icon={<Icon size={14} />}
              // The text keeps the focus and its selection.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() =>
                field.current && apply(field.current, edit(selectionOf(field.current)))
              }
            />
          </span>
        ))}
        {props.onFiles && (
          <IconButton
            label="Attach files"
            size="small"
            icon={<Paperclip size={14} />}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => chooseFiles({ multiple: true }, (files) => putFiles(null, files))}
          />
        )}
        <span className="ml-auto flex items-center gap-1.5">{commands}</span>
      </div>
    </div>
  );
}

/** Behind what is written, on a line of its own. */
function insertion({ text, start, end }: Selection, words: string): Edit {
  const isAtStart = start === 0 || text[start - 1] === "\n";
  const insert = `${isAtStart ? "" : "\n"}${words}\n`;
  const after = start + insert.length;
  return { from: start, to: end, insert, selectStart: after, selectEnd: after };
}

const selectionOf = (area: HTMLTextAreaElement): Selection => ({
  text: area.value,
  start: area.selectionStart,
  end: area.selectionEnd,
});

/** As if typed: setting the value would throw away what Ctrl+Z knows. */
function apply(area: HTMLTextAreaElement, { from, to, insert, selectStart, selectEnd }: Edit) {
  area.focus();
  area.setSelectionRange(from, to);
  if (insert) document.execCommand("insertText", false, insert);
  else if (from !== to) document.execCommand("delete");
  area.setSelectionRange(selectStart, selectEnd);
}
