import { DocumentTaskItem } from "@guildhall/document-model";
import { InputRule, wrappingInputRule } from "@tiptap/core";
import { Fragment, type NodeType, type ResolvedPos, Slice } from "@tiptap/pm/model";
import { TextSelection, type Transaction } from "@tiptap/pm/state";
import { canJoin, ReplaceStep } from "@tiptap/pm/transform";

/** `[ ] ` or `[x] ` at the beginning of a line. */
const box = /^\s*\[([ xX]?)\]\s$/;
const isTicked = (match: RegExpMatchArray) => match[1]?.toLowerCase() === "x";

/**
 * A box typed where a line begins makes a task of it: in a list's item, whose sign was typed before
 * (`- [ ] `), of this item; in a task, it ticks or unticks that one.
 */
export const TaskItemView = DocumentTaskItem.extend({
  addInputRules() {
    const { type } = this;
    const wrapping = wrappingInputRule({
      find: box,
      type,
      getAttributes: (match) => ({ checked: isTicked(match) }),
    });
    return [
      new InputRule({
        find: box,
        handler(rule) {
          const { state, range, match } = rule;
          const item = itemBegunAt(state.doc.resolve(range.from));
          if (!item) return wrapping.handler(rule);
          const tr = state.tr.delete(range.from, range.to);
          if (item.node().type === type) {
            tr.setNodeAttribute(item.before(), "checked", isTicked(match));
          } else if (item.node().type.name === "listItem") {
            itemToTask(tr, tr.doc.resolve(item.pos), type, isTicked(match));
          }
        },
      }),
    ];
  },
});

/** The item whose first line this is, as the position at its beginning. */
function itemBegunAt($pos: ResolvedPos): ResolvedPos | null {
  const depth = $pos.depth - 1;
  const isItem = ["listItem", "taskItem"].includes($pos.node(depth)?.type.name);
  return isItem && $pos.index(depth) === 0 ? $pos.doc.resolve($pos.start(depth)) : null;
}

/** Takes the item out of its list, which goes on above and below, into a list of tasks. */
function itemToTask(tr: Transaction, $item: ResolvedPos, type: NodeType, checked: boolean) {
  const taskList = type.schema.nodes.taskList;
  const depth = $item.depth - 1;
  const list = $item.node(depth);
  const isFirst = $item.index(depth) === 0;
  const isLast = $item.index(depth) === list.childCount - 1;
  const tasks = taskList?.create(null, type.create({ checked }, $item.node().content));
  if (!tasks) return;
  const from = $item.before(isFirst ? depth : depth + 1);
  const to = $item.after(isLast ? depth : depth + 1);
  const parts = [...(isFirst ? [] : [list.copy()]), tasks, ...(isLast ? [] : [list.copy()])];
  const slice = new Slice(Fragment.from(parts), isFirst ? 0 : 1, isLast ? 0 : 1);
  tr.step(new ReplaceStep(from, to, slice));
  const before = from + (isFirst ? 0 : 1);
  // Behind the beginnings of the list, the item and its line.
  tr.setSelection(TextSelection.create(tr.doc, before + 3));
  for (const edge of [before + tasks.nodeSize, before]) {
    const { nodeBefore, nodeAfter } = tr.doc.resolve(edge);
    const areTasks = nodeBefore?.type === taskList && nodeAfter?.type === taskList;
    if (areTasks && canJoin(tr.doc, edge)) tr.join(edge);
  }
}
