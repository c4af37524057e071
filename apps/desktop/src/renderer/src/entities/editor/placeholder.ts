import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

type Options = {
  /** What an empty line says; an empty text says `blank`. */
  line: string | null;
  blank: string;
};

const HINT = "Write something, or press “/” for commands";

/**
 * What an empty line is for. Only the one with the cursor, and the first of an empty document: looking
 * through all lines at every key would be felt in a long text.
 */
export const Placeholder = Extension.create<Options>({
  name: "placeholder",
  addOptions: () => ({ line: HINT, blank: HINT }),
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const words: Record<string, string | null> = { paragraph: options.line, heading: "Heading" };
    return [
      new Plugin({
        props: {
          decorations({ doc, selection }) {
            if (!editor.isEditable) return null;
            const { $from, empty } = selection;
            const line = $from.parent;
            const isFirst = doc.childCount === 1 && doc.firstChild?.content.size === 0;
            if (isFirst && doc.firstChild?.type.name === "paragraph") {
              return only(doc, 0, doc.firstChild.nodeSize, options.blank);
            }
            const text = words[line.type.name];
            if (!empty || !text || line.content.size > 0 || $from.depth === 0) return null;
            // In lists, tables and quotes an empty line is no invitation.
            if ($from.depth > 1 && line.type.name === "paragraph") return null;
            const level = line.type.name === "heading" ? ` ${line.attrs.level}` : "";
            return only(doc, $from.before(), $from.after(), text + level);
          },
        },
      }),
    ];
  },
});

const only = (
  doc: Parameters<typeof DecorationSet.create>[0],
  from: number,
  to: number,
  text = "",
) =>
  DecorationSet.create(doc, [
    Decoration.node(from, to, { class: "is-empty", "data-placeholder": text }),
  ]);
