import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import GithubSlugger from "github-slugger";
import { useEffect, useState } from "react";

export type Heading = { level: number; text: string; pos: number };

/** Reading the whole document at every key would be felt in a long one. */
const SETTLE_MS = 250;

/**
 * The outline: headings that stand in the text itself, and those in callouts and quotes. Nodes never
 * change, so that each is walked through once.
 */
const within = new WeakMap<Node, readonly Heading[]>();

/** `pos` counted from the start of `node`'s content. */
function headingsIn(node: Node): readonly Heading[] {
  const known = within.get(node);
  if (known) return known;
  const found: Heading[] = [];
  node.forEach((child, offset) => {
    if (child.type.name === "heading") {
      found.push({ level: child.attrs.level, text: child.textContent, pos: offset });
    } else if (!child.isTextblock && child.childCount > 0) {
      for (const heading of headingsIn(child)) {
        found.push({ ...heading, pos: offset + 1 + heading.pos });
      }
    }
  });
  within.set(node, found);
  return found;
}

export const headingsOf = (editor: Editor): readonly Heading[] => headingsIn(editor.state.doc);

/** Live, a moment after the typing hand; `current`: the one being read, by how far it is scrolled. */
export function useHeadings(editor: Editor) {
  const [headings, setHeadings] = useState(() => headingsOf(editor));
  const [current, setCurrent] = useState(-1);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      setHeadings((old) => (isSame(old, headingsOf(editor)) ? old : headingsOf(editor)));
    };
    const onUpdate = () => {
      timer ??= setTimeout(read, SETTLE_MS);
    };
    read();
    editor.on("update", onUpdate);
    return () => {
      clearTimeout(timer);
      editor.off("update", onUpdate);
    };
  }, [editor]);

  useEffect(() => {
    const scroller = editor.view.dom.closest(".document-scroller");
    if (!scroller) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const top = scroller.getBoundingClientRect().top + 96;
      setCurrent(lastAbove(editor, headings, top));
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    scroller.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      scroller.removeEventListener("scroll", onScroll);
    };
  }, [editor, headings]);

  return { headings, current };
}

/** Headings follow each other down the page, so the last one above is found by halving. */
function lastAbove(editor: Editor, headings: readonly Heading[], top: number): number {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const dom = elementAt(editor, headings[middle]?.pos ?? 0);
    if (dom && dom.getBoundingClientRect().top <= top) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function elementAt(editor: Editor, pos: number): HTMLElement | null {
  if (pos > editor.state.doc.content.size) return null;
  const dom = editor.view.nodeDOM(pos);
  return dom instanceof HTMLElement ? dom : null;
}

const isSame = (a: readonly Heading[], b: readonly Heading[]) =>
  a.length === b.length &&
  a.every((h, i) => h.pos === b[i]?.pos && h.text === b[i]?.text && h.level === b[i]?.level);

export function goToHeading(editor: Editor, pos: number) {
  const isSmooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  elementAt(editor, pos)?.scrollIntoView({ behavior: isSmooth ? "smooth" : "auto" });
  // The cursor goes there too: the next key is for that part.
  const { tr, doc } = editor.state;
  if (editor.isEditable)
    editor.view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(pos + 1))));
  editor.view.focus();
}

/** What a link's `#…` says for each heading, as GitHub makes it. */
export function slugsOf(headings: readonly Heading[]): string[] {
  const slugger = new GithubSlugger();
  return headings.map(({ text }) => {
    const chosen = /\s*\{#([^\s}]+)\}$/.exec(text.trim());
    return chosen?.[1] ?? slugger.slug(text.trim());
  });
}
