import { cleanText, cutText, oneLine } from "../text/clean-text.ts";
import type { PlannedChecklist, PlannedTask } from "./plan.ts";
import type { ProblemList } from "./problem-list.ts";

/** As the API takes them. */
const MOST = { checklists: 50, items: 500 };
const LONGEST_TITLE = 200;
const LONGEST_TEXT = 1_000;

/** Storable and within bounds; what is left out or cut is noted. */
export function finishChecklists(
  { checklists, place }: Pick<PlannedTask, "checklists" | "place">,
  problems: ProblemList,
): PlannedChecklist[] {
  const note = (message: string) => problems.note(place, "checklists", message);
  const line = (text: string, longest: number) => {
    const full = oneLine(cleanText(text).text);
    if (full.length <= longest) return full;
    note(`“${cutText(full, 40)}…” was cut to ${longest} characters.`);
    return cutText(full, longest).trim();
  };
  let room = MOST.items;
  let leftOut = 0;
  const kept = checklists.slice(0, MOST.checklists).map((list) => {
    const items = list.items.flatMap((item) => {
      const text = line(item.text, LONGEST_TEXT);
      return text === "" ? [] : [{ ...item, sourceId: cleanText(item.sourceId).text, text }];
    });
    const some = items.slice(0, room);
    room -= some.length;
    leftOut += items.length - some.length;
    return {
      sourceId: cleanText(list.sourceId).text,
      title: line(list.title, LONGEST_TITLE) || "Checklist",
      items: some,
    };
  });
  const lists = checklists.length - kept.length;
  if (lists > 0) note(`A task can have ${MOST.checklists} checklists: ${lists} were left out.`);
  if (leftOut > 0) note(`A task can have ${MOST.items} checklist items: ${leftOut} were left out.`);
  return uniqueIds(kept);
}

/** A file that says the same id twice means two things all the same. */
function uniqueIds(checklists: PlannedChecklist[]): PlannedChecklist[] {
  const seen = new Set<string>();
  const unique = (id: string) => {
    let next = id;
    for (let n = 2; seen.has(next); n++) next = `${id}~${n}`;
    seen.add(next);
    return next;
  };
  return checklists.map((list) => ({
    ...list,
    sourceId: unique(list.sourceId),
    items: list.items.map((item) => ({ ...item, sourceId: unique(item.sourceId) })),
  }));
}
