/** Ticks or unticks the checkbox of the list item that begins on this line (from 1). */
export function setCheckbox(text: string, line: number, checked: boolean): string {
  const lines = text.split("\n");
  const old = lines[line - 1];
  if (old === undefined) return text;
  lines[line - 1] = old.replace(/\[[ xX]\]/, checked ? "[x]" : "[ ]");
  return lines.join("\n");
}
