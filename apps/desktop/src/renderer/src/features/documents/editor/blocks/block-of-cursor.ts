import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

/**
 * The block that is written in is laid out at once. The others wait for the frame that brings them
 * into sight (document-text.css), and to a browser a block that was made since the last frame is not
 * in sight: a key pressed in that moment would land in the block before it.
 */
export const BlockOfCursor = Extension.create({
  name: "blockOfCursor",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          decorations({ doc, selection: { $head } }) {
            if ($head.depth === 0) return null;
            const block = Decoration.node($head.before(1), $head.after(1), { class: "written-in" });
            return DecorationSet.create(doc, [block]);
          },
        },
      }),
    ];
  },
});
