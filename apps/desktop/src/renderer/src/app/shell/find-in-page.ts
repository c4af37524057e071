/**
 * Finds words in what the page shows, and marks them without touching it (CSS Custom Highlight API).
 *
 * Electron's own search would find the words in the field that they are typed into as well. A word may be in
 * several elements (a part of it is bold), so the text of a block is searched as one.
 */
const ALL = "found";
const CURRENT = "found-current";
/** More are counted no more. */
const MOST = 1_000;

const isBlock = (element: Element) => !getComputedStyle(element).display.startsWith("inline");

function blockOf(node: Node, root: Element): Element {
  let element = node.parentElement;
  while (element && element !== root && !isBlock(element)) element = element.parentElement;
  return element ?? root;
}

/** The texts that are shown, by their blocks, in the page's order. Not what `except` has in it. */
function textsOf(root: Element, except: Element | null): Text[][] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) => {
    const parent = node.parentElement;
    if (!parent || !node.nodeValue || except?.contains(node)) return NodeFilter.FILTER_REJECT;
    return parent.checkVisibility({ visibilityProperty: true })
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT;
  });
  const blocks: Text[][] = [];
  let last: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const block = blockOf(node, root);
    if (block === last) blocks.at(-1)?.push(node as Text);
    else blocks.push([node as Text]);
    last = block;
  }
  return blocks;
}

/** Each place where the words stand, whatever their case. */
export function findIn(root: Element, words: string, except: Element | null = null): Range[] {
  const wanted = words.toLowerCase();
  if (!wanted) return [];
  const found: Range[] = [];
  for (const texts of textsOf(root, except)) {
    // Letters whose small form is of another length would move all that stand behind them.
    const whole = texts.map(({ data }) => data).join("");
    const lower = whole.toLowerCase();
    const text = lower.length === whole.length ? lower : whole;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      found.push(rangeOf(texts, at, at + wanted.length));
      if (found.length === MOST) return found;
    }
  }
  return found;
}

function rangeOf(texts: readonly Text[], from: number, to: number): Range {
  const range = document.createRange();
  let at = 0;
  for (const text of texts) {
    const end = at + text.length;
    if (from >= at && from < end) range.setStart(text, from - at);
    if (to > at && to <= end) range.setEnd(text, to - at);
    at = end;
  }
  return range;
}

export function markFound(found: readonly Range[], current: Range | undefined) {
  CSS.highlights.set(ALL, new Highlight(...found.filter((range) => range !== current)));
  CSS.highlights.set(CURRENT, current ? new Highlight(current) : new Highlight());
  current?.startContainer.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function unmarkFound() {
  CSS.highlights.delete(ALL);
  CSS.highlights.delete(CURRENT);
}
