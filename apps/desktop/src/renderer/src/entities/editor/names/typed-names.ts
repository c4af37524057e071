/**
 * A key or an address that is typed or pasted becomes the chip of what it names.
 *
 * The server has to be asked what a key is called, while one goes on typing: so it is asked as soon as the
 * word could be one, and the word is replaced when it is known to be whole, by what follows it, by leaving
 * the text, or by sending it.
 */
import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import type { OwnPage } from "@/entities/documents/text/own-path.ts";
import { nameOf, wordBefore } from "./name-of.ts";

export type Naming = {
  workspaceId: string;
  hasProject: (key: string) => boolean;
  titleOf: (documentId: string) => string | undefined;
  /** A task by its key or id; null when there is none for this person. */
  findTask: (keyOrId: string) => Promise<{ id: string; label: string } | null>;
};

type Chip = { type: string; attrs: Record<string, string> };

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    typedNames: {
      /** Whatever is known by now, also the word at the cursor. */
      nameAll: () => ReturnType;
    };
  }
}

const key = new PluginKey("typedNames");

export function typedNames(naming: Naming) {
  const known = new Map<string, Chip | null>();
  const chipOf = (word: string) => known.get(word) ?? null;

  /** Calls back when it was not known before. */
  function ask(word: string, then: () => void) {
    const page = known.has(word) ? null : nameOf(word, naming.workspaceId, naming.hasProject);
    if (!page) return;
    // Asked once, whatever comes of it.
    known.set(word, null);
    chipFor(page, naming).then((chip) => {
      known.set(word, chip);
      if (chip) then();
    });
  }

  return Extension.create({
    name: "typedNames",
    addCommands() {
      return {
        nameAll:
          () =>
          ({ tr, dispatch }) => {
            if (dispatch) replaceWhole(tr, chipOf, null);
            return true;
          },
      };
    },
    addProseMirrorPlugins() {
      const { editor } = this;
      const replace = () => {
        if (editor.isDestroyed) return;
        const { tr, selection } = editor.state;
        replaceWhole(tr, chipOf, editor.isFocused ? selection.head : null);
        if (tr.docChanged) editor.view.dispatch(tr);
      };
      return [
        new Plugin({
          key,
          view: () => ({
            update({ state }, before) {
              if (!editor.isEditable || state.doc.eq(before.doc)) return;
              const words = wordsAt(state.doc, state.selection.head);
              for (const word of words) ask(word, replace);
              if (words.some(chipOf)) replace();
            },
          }),
          props: {
            handleDOMEvents: {
              blur() {
                replace();
                return false;
              },
            },
          },
        }),
      ];
    },
  });
}

/** At the cursor, and where the block before it ends: that is where one was a key ago. */
function wordsAt(doc: Node, head: number): string[] {
  const $head = doc.resolve(head);
  const words: string[] = [];
  const add = (text: string, end: number) => {
    const found = wordBefore(text, end);
    if (found) words.push(text.slice(found.from, found.to));
  };
  if ($head.parent.isTextblock) {
    const before = textOf($head.parent).slice(0, $head.parentOffset);
    add(before, before.length);
    add(before, before.trimEnd().length);
    const last = before.lastIndexOf("\ufffc");
    if (last === before.length - 1) add(before, last);
  }
  const above =
    $head.parentOffset === 0 && $head.depth > 0 ? lastTextblockBefore($head.pos, doc) : null;
  if (above) add(textOf(above), above.content.size);
  return words;
}

function lastTextblockBefore(pos: number, doc: Node): Node | null {
  let found: Node | null = null;
  doc.nodesBetween(Math.max(0, pos - 200), pos - 1, (node, at) => {
    if (node.isTextblock && at + node.nodeSize < pos) found = node;
    return !node.isTextblock;
  });
  return found;
}

/** With one sign for whatever is no text, so that places in it are those in the block. */
const textOf = (block: Node) => block.textBetween(0, block.content.size, "\ufffc", "\ufffc");

/** Words that are whole and known, but for the one that ends at `head`, where one is still typing. */
function replaceWhole(tr: Transaction, chipOf: (word: string) => Chip | null, head: number | null) {
  const places: { from: number; to: number; chip: Chip }[] = [];
  tr.doc.descendants((node, pos) => {
    if (!node.isTextblock || node.type.spec.code) return !node.isTextblock;
    const text = textOf(node);
    for (const { index, 0: run } of text.matchAll(/[^\s\ufffc]+/g)) {
      const found = wordBefore(text, index + run.length);
      const chip = found && chipOf(text.slice(found.from, found.to));
      if (!found || !chip) continue;
      const [from, to] = [pos + 1 + found.from, pos + 1 + found.to];
      const isCode = tr.doc.rangeHasMark(from, to, tr.doc.type.schema.marks.code as never);
      if (!isCode && to !== head) places.push({ from, to, chip });
    }
    return false;
  });
  for (const { from, to, chip } of places.reverse()) {
    const made = tr.doc.type.schema.nodes[chip.type]?.create(chip.attrs);
    if (made) tr.replaceWith(from, to, made);
  }
}

async function chipFor(page: OwnPage, { titleOf, findTask }: Naming): Promise<Chip | null> {
  if (page.target === "document") {
    // With a place in it, it is a link and no name.
    if (page.href.includes("#")) return null;
    const attrs = { documentId: page.id, label: titleOf(page.id) ?? "Document" };
    return { type: "documentChip", attrs };
  }
  const task = await findTask(page.keyOrId);
  return task && { type: "taskChip", attrs: { taskId: task.id, label: task.label } };
}

/** A page of this Guildhall is named, or linked where words are chosen. */
export function pasteName(editor: Editor, word: string, naming: Naming): boolean {
  const page = /\s/.test(word) ? null : nameOf(word, naming.workspaceId, naming.hasProject);
  if (!page) return false;
  const { empty, from } = editor.state.selection;
  if (!empty) {
    const isLinked = page.target === "document";
    return isLinked && editor.chain().setLink({ href: page.href }).run();
  }
  if (page.target === "document" && page.href.includes("#")) return false;
  editor.chain().insertContent({ type: "text", text: word }).run();
  chipFor(page, naming).then((chip) => {
    const { doc } = editor.state;
    const end = from + word.length;
    const isThere = doc.textBetween(from, Math.min(end, doc.content.size)) === word;
    if (!chip || !isThere) return;
    editor.commands.insertContentAt({ from, to: end }, [chip, { type: "text", text: " " }]);
  });
  return true;
}
