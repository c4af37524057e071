/** How a comparison looks: compare.ts says it in marks and attributes that no document has. */
import { type AnyExtension, Extension, Mark } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

/** Over every other mark, code too. */
const changeMark = (name: "inserted" | "deleted", tag: "ins" | "del") =>
  Mark.create({
    name,
    excludes: "",
    priority: 2_000,
    renderHTML: () => [tag, { class: `words-${name}`, "data-place": "" }, 0],
  });

const said: Record<string, string> = {
  inserted: "Added",
  deleted: "Removed",
  changed: "Changed",
};

/** Decorations, because blocks that draw themselves would not draw an attribute they do not know. */
function blockMarks(): Plugin {
  return new Plugin({
    props: {
      decorations({ doc }) {
        const marks: Decoration[] = [];
        doc.descendants((node, pos) => {
          const change = node.attrs.change as string | null | undefined;
          if (!change) return;
          const attributes = {
            class: `block-change block-${change}`,
            "data-change": said[change] ?? "",
            "data-place": "",
          };
          marks.push(Decoration.node(pos, pos + node.nodeSize, attributes));
        });
        return DecorationSet.create(doc, marks);
      },
    },
  });
}

export function changesShown(types: readonly string[]): AnyExtension[] {
  return [
    changeMark("inserted", "ins"),
    changeMark("deleted", "del"),
    Extension.create({
      name: "blockChanges",
      addGlobalAttributes: () => [
        { types: [...types], attributes: { change: { default: null, rendered: false } } },
      ],
      addProseMirrorPlugins: () => [blockMarks()],
    }),
  ];
}
