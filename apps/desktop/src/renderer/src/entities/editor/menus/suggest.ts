/** One way for all that opens by a sign while typing: `/` for blocks, `@`, `#` and `[[`. */
import { type Editor, Extension, type Range } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import { ReactRenderer } from "@tiptap/react";
import { Suggestion, type SuggestionProps } from "@tiptap/suggestion";
import { type Suggested, type SuggestionKeys, SuggestionList } from "./suggestion-list.tsx";

type Options<Item> = {
  /** Also the extension's name. */
  name: string;
  char: string;
  label: string;
  emptyText: string;
  allowSpaces?: boolean;
  /** So many signs have to be typed before it opens. */
  minQueryLength?: number;
  debounce?: number;
  items: (query: string, editor: Editor, signal: AbortSignal) => Item[] | Promise<Item[]>;
  /** The sign and what was typed behind it are in `range`. */
  onPick: (editor: Editor, range: Range, item: Item) => void;
};

export function suggestion<Item extends Suggested>(options: Options<Item>) {
  const { name, char, allowSpaces, minQueryLength = 0, debounce, items, onPick } = options;
  return Extension.create({
    name,
    addProseMirrorPlugins() {
      return [
        Suggestion<Item, Item>({
          editor: this.editor,
          pluginKey: new PluginKey(name),
          char,
          allowSpaces,
          minQueryLength,
          debounce,
          items: ({ query, editor, signal }) => items(query, editor, signal),
          command: ({ editor, range, props }) => onPick(editor, range, props),
          // In code these signs are themselves.
          allow: ({ editor, state, range }) =>
            editor.isEditable &&
            !state.doc.resolve(range.from).parent.type.spec.code &&
            !editor.isActive("code"),
          render: () => popup(options),
        }),
      ];
    },
  });
}

function popup<Item extends Suggested>({ label, emptyText, minQueryLength = 0 }: Options<Item>) {
  let list: ReactRenderer<SuggestionKeys> | null = null;
  let unmount: (() => void) | undefined;

  const close = () => {
    unmount?.();
    list?.destroy();
    list = null;
  };
  function show(props: SuggestionProps<Item, Item>) {
    if (props.query.length < minQueryLength) return close();
    const { items, loading: isLoading, command: onPick } = props;
    const shown = { label, emptyText, items, isLoading, onPick };
    if (list) return list.updateProps(shown);
    list = new ReactRenderer(SuggestionList, { editor: props.editor, props: shown });
    list.element.classList.add("document-popup");
    // A dialog takes no click beside it for one in it.
    props.editor.view.dom.closest('[role="dialog"]')?.append(list.element);
    const takeAway = props.mount(list.element);
    const { element } = list;
    unmount = () => {
      takeAway();
      element.remove();
    };
  }
  return {
    onStart: show,
    onUpdate: show,
    onExit: close,
    onKeyDown: ({ event }: { event: KeyboardEvent }) => list?.ref?.onKeyDown(event) ?? false,
  };
}
