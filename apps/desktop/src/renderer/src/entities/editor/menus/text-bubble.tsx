import type { Editor } from "@tiptap/core";
import { isTextSelection } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { BubbleMenu } from "@tiptap/react/menus";
import { Bold, ChevronDown, Code, Highlighter, Italic, Link2, Strikethrough } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { textBlocks } from "./blocks.tsx";
import { LinkForm } from "./link-form.tsx";

type Props = {
  editor: Editor;
  /** More that can be done with the chosen words, such as to comment on them. */
  more?: React.ReactNode;
};

const marks = [
  { name: "bold", label: "Bold", keys: "mod+b", Icon: Bold },
  { name: "italic", label: "Italic", keys: "mod+i", Icon: Italic },
  { name: "strike", label: "Strikethrough", keys: "mod+shift+s", Icon: Strikethrough },
  { name: "code", label: "Code", keys: "mod+e", Icon: Code },
  { name: "highlight", label: "Highlight", keys: "mod+shift+h", Icon: Highlighter },
] as const;

/** Above the chosen words: how they look, what their line is, where they lead. */
export function TextBubble({ editor, more }: Props) {
  const [isLinking, setLinking] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isLink = (event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k";
      const { empty } = editor.state.selection;
      if (!isLink || !editor.isEditable || (empty && !editor.isActive("link"))) return;
      // Nothing is chosen: then it is the app's palette that is wanted.
      event.preventDefault();
      setLinking(true);
    };
    const { dom } = editor.view;
    dom.addEventListener("keydown", onKeyDown);
    return () => dom.removeEventListener("keydown", onKeyDown);
  }, [editor]);

  return (
    <BubbleMenu
      editor={editor}
      pluginKey="textBubble"
      updateDelay={80}
      options={{
        placement: "top",
        offset: 8,
        flip: true,
        shift: { padding: 8 },
        onHide: () => setLinking(false),
      }}
      shouldShow={({ state, from, to, element, view }) => {
        if (!editor.isEditable) return false;
        const isInside = element.contains(window.document.activeElement);
        if (!view.hasFocus() && !isInside) return false;
        const { selection, doc } = state;
        if (selection.$from.parent.type.spec.code) return false;
        if (selection.empty) return isInside || editor.isActive("link");
        return isTextSelection(selection) && doc.textBetween(from, to).length > 0;
      }}
      className="popup z-30 flex items-center text-13"
      role="toolbar"
      aria-label="Text formatting"
    >
      {isLinking ? (
        <LinkForm editor={editor} onDone={() => setLinking(false)} />
      ) : (
        <Marks editor={editor} onLink={() => setLinking(true)} more={more} />
      )}
    </BubbleMenu>
  );
}

function Marks({ editor, onLink, more }: Props & { onLink: () => void }) {
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      isEmpty: now.state.selection.empty,
      link: now.isActive("link"),
      block: currentBlock(now),
      marks: marks
        .filter(({ name }) => now.isActive(name))
        .map(({ name }) => name)
        .join(),
    }),
  });
  if (active.isEmpty) return <LinkForm editor={editor} onDone={() => editor.commands.focus()} />;
  return (
    <div className="flex items-center gap-px p-1">
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Block type: ${active.block.label}`}
            className="flex h-7 items-center gap-1 rounded-control px-2 text-12 text-muted hover:bg-hover hover:text-ink data-popup-open:bg-active"
          >
            {active.block.label}
            <ChevronDown size={12} aria-hidden="true" />
          </button>
        }
        entries={textBlocks.map((block) => ({
          label: block.label,
          icon: block.icon,
          keys: block.keys,
          checked: block.id === active.block.id,
          onSelect: () => block.run(editor.chain().focus(), editor).run(),
        }))}
      />
      <span className="mx-0.5 h-4 w-px bg-line" />
      {marks.map(({ name, label, keys, Icon }) => (
        <IconButton
          key={name}
          label={label}
          keys={keys}
          icon={<Icon size={15} />}
          pressed={active.marks.split(",").includes(name)}
          onClick={() => editor.chain().focus().toggleMark(name).run()}
        />
      ))}
      <IconButton
        label="Link"
        keys="mod+k"
        icon={<Link2 size={15} />}
        pressed={active.link}
        onClick={onLink}
      />
      {more}
    </div>
  );
}

const names: Record<string, string> = {
  bulletList: "bullets",
  orderedList: "numbers",
  taskList: "tasks",
  blockquote: "quote",
};

/** The nearest of what the words stand in that can be turned into something else. */
function currentBlock({ state }: Editor) {
  const { $from } = state.selection;
  let id =
    $from.parent.type.name === "heading" ? `heading-${$from.parent.attrs.level}` : "paragraph";
  for (let depth = $from.depth; depth > 0 && id === "paragraph"; depth--) {
    id = names[$from.node(depth).type.name] ?? id;
  }
  const block = textBlocks.find((each) => each.id === id);
  return { id, label: block?.label ?? (id.startsWith("heading") ? "Heading" : "Text") };
}
