import type { PlannedChecklist } from "../plan/plan.ts";
import { type JsonObject, objectsIn, textIn } from "./json-fields.ts";
import { inOrder } from "./trello-card-text.ts";
import { dayIn, memberOf } from "./trello-fields.ts";

/** Of a card, in their order. */
export const checklistsOf = (
  checklists: JsonObject[],
  { members, zone }: { members: Map<string, JsonObject>; zone: string },
): PlannedChecklist[] =>
  inOrder(checklists).map((list, at) => {
    const id = textIn(list, "id") ?? String(at);
    return {
      sourceId: `trello:checklist:${id}`,
      title: textIn(list, "name") ?? "",
      items: inOrder(objectsIn(list.checkItems)).map((item, n) => ({
        // Some files leave the ids of items out.
        sourceId: `trello:item:${textIn(item, "id") ?? `${id}/${n}`}`,
        text: textIn(item, "name") ?? "",
        isDone: item.state === "complete",
        dueDate: dayIn(item, zone, ["due"]),
        assignee: memberOf(item, "idMember", members),
      })),
    };
  });
