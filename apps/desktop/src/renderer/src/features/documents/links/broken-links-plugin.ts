import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { ofMarks, targetKey } from "@/entities/links/link-targets.ts";

type State = { broken: ReadonlySet<string>; marks: DecorationSet };

/** Told which targets are gone, as a set of `targetKey`. */
export const brokenLinksKey = new PluginKey<State>("brokenLinks");

export const brokenLinksPlugin = () =>
  new Plugin<State>({
    key: brokenLinksKey,
    state: {
      init: () => ({ broken: new Set(), marks: DecorationSet.empty }),
      apply(tr, state) {
        const now = tr.getMeta(brokenLinksKey) as ReadonlySet<string> | undefined;
        const broken = now ?? state.broken;
        if (!now && (!tr.docChanged || broken.size === 0)) return state;
        return { broken, marks: marksOf(tr.doc, broken) };
      },
    },
    props: { decorations: (state) => brokenLinksKey.getState(state)?.marks },
  });

function marksOf(doc: Node, broken: ReadonlySet<string>): DecorationSet {
  if (broken.size === 0) return DecorationSet.empty;
  const marks: Decoration[] = [];
  doc.descendants((node, pos) => {
    const target = node.isInline ? ofMarks(node.marks) : null;
    if (!target || !broken.has(targetKey(target))) return;
    const title = `This ${target.target} was deleted, or you don't have access to it.`;
    marks.push(Decoration.inline(pos, pos + node.nodeSize, { class: "link-broken", title }));
  });
  return DecorationSet.create(doc, marks);
}
