/** Checklists in one cell of a CSV: `### Doors`, then `- [x] Oil` and `- [ ] Paint`, a line each. */
import type { PlannedChecklist } from "../plan/plan.ts";

type Written = { title: string; items: { text: string; isDone: boolean }[] };

export const writeChecklists = (checklists: readonly Written[]): string =>
  checklists
    .map(({ title, items }) =>
      [
        `### ${title}`,
        ...items.map(({ text, isDone }) => `- [${isDone ? "x" : " "}] ${text}`),
      ].join("\n"),
    )
    .join("\n\n");

/** Items before the first title are in a list of their own. */
export function readChecklists(text: string): PlannedChecklist[] {
  const lists: PlannedChecklist[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const title = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    const item = /^\s*[-*+]\s+\[([ xX])\]\s+(.*)$/.exec(line);
    if (title !== undefined || (item && lists.length === 0)) {
      lists.push({ sourceId: `csv:checklist:${lists.length}`, title: title ?? "", items: [] });
    }
    const list = lists.at(-1);
    if (!item || !list) continue;
    list.items.push({
      sourceId: `${list.sourceId}/${list.items.length}`,
      text: item[2] ?? "",
      isDone: item[1] !== " ",
      dueDate: null,
      assignee: null,
    });
  }
  return lists;
}
