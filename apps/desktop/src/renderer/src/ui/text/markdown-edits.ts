/** What keys and buttons do to a Markdown text, as one replacement, so that the field can undo it. */
export type Selection = { text: string; start: number; end: number };

/** Replace from–to with `insert`, then select selectStart–selectEnd of the new text. */
export type Edit = {
  from: number;
  to: number;
  insert: string;
  selectStart: number;
  selectEnd: number;
};

/** Puts marks around what is selected, or takes them away where they are already. */
export function toggleMark({ text, start, end }: Selection, mark: string): Edit {
  const width = mark.length;
  const chosen = text.slice(start, end);
  const isAround =
    text.slice(start - width, start) === mark && text.slice(end, end + width) === mark;
  if (start >= width && isAround) {
    return {
      from: start - width,
      to: end + width,
      insert: chosen,
      selectStart: start - width,
      selectEnd: end - width,
    };
  }
  return {
    from: start,
    to: end,
    insert: mark + chosen + mark,
    selectStart: start + width,
    selectEnd: end + width,
  };
}

/** The address is selected afterwards: it is what is still to be typed. */
export function makeLink({ text, start, end }: Selection): Edit {
  const chosen = text.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  const words = isAddress ? "" : chosen || "text";
  const address = isAddress ? chosen : "https://";
  const insert = `[${words}](${address})`;
  const at = isAddress ? start + 1 : start + words.length + 3;
  const length = isAddress ? 0 : address.length;
  return { from: start, to: end, insert, selectStart: at, selectEnd: at + length };
}

/** Before each line of the selection; taken away when all of them have it. */
export function togglePrefix({ text, start, end }: Selection, prefix: string): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const found = text.indexOf("\n", end);
  const to = found < 0 ? text.length : found;
  const lines = text.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line));
  const insert = changed.join("\n");
  const by = all ? -prefix.length : prefix.length;
  const selectStart = Math.max(from, start + by);
  return { from, to, insert, selectStart, selectEnd: end + by * lines.length };
}

const item = /^(\s*)((?:> ?)+|[-*+] \[[ xX]\] |[-*+] |(\d{1,9})([.)]) )(.*)$/;

/** Enter in a list begins the next item; in an empty one it ends the list. Null: a plain Enter. */
export function continueList({ text, start, end }: Selection): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const [, indent = "", mark = "", number, dot, rest = ""] =
    item.exec(text.slice(from, start)) ?? [];
  if (!mark) return null;
  if (!rest.trim()) {
    // Something stands behind the cursor: the person splits an item rather than ends the list.
    const lineEnd = text.indexOf("\n", start);
    if (text.slice(start, lineEnd < 0 ? undefined : lineEnd).trim()) return null;
    return { from, to: start, insert: "", selectStart: from, selectEnd: from };
  }
  const next = number ? `${Number(number) + 1}${dot} ` : mark.replace(/\[[xX]\]/, "[ ]");
  const insert = `\n${indent}${next}`;
  const at = start + insert.length;
  return { from: start, to: start, insert, selectStart: at, selectEnd: at };
}

/** Ticks or unticks the checkbox of the list item that begins on this line (from 1). */
export function setCheckbox(text: string, line: number, checked: boolean): string {
  const lines = text.split("\n");
  const old = lines[line - 1];
  if (old === undefined) return text;
  lines[line - 1] = old.replace(/\[[ xX]\]/, checked ? "[x]" : "[ ]");
  return lines.join("\n");
}
