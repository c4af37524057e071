import { markdownLink } from "../text/markdown-link.ts";
import { isObject, type JsonObject, numberIn, objectsIn, textIn } from "./json-fields.ts";

/** What hangs on a card besides its text, found once for the whole board. */
export type TrelloBoardParts = {
  /** Null when the file says nothing about checklists. */
  checklistsByCard: Map<string, JsonObject[]> | null;
  customFields: Map<string, JsonObject>;
};

/** The card's own Markdown, then its custom fields and attachments. */
export function describeCard(card: JsonObject, { customFields }: TrelloBoardParts) {
  const attachments = objectsIn(card.attachments).map(
    (it) =>
      `- ${markdownLink(textIn(it, "name") ?? textIn(it, "url") ?? "", textIn(it, "url") ?? "")}`,
  );
  const fields = objectsIn(card.customFieldItems).flatMap((item) => fieldLine(item, customFields));
  return [
    textIn(card, "desc") ?? "",
    fields.length === 0 ? "" : `### Details\n\n${fields.join("\n")}`,
    attachments.length === 0 ? "" : `### Attachments\n\n${attachments.join("\n")}`,
  ]
    .filter((part) => part.trim() !== "")
    .join("\n\n");
}

/** They stand beside the cards, and belong to them. */
export function withChecklists(card: JsonObject, { checklistsByCard }: TrelloBoardParts) {
  if (checklistsByCard === null) return card;
  return { ...card, checklists: checklistsByCard.get(textIn(card, "id") ?? "") ?? [] };
}

export function inOrder(items: JsonObject[]): JsonObject[] {
  return [...items].sort(
    (left, right) => (numberIn(left, "pos") ?? 0) - (numberIn(right, "pos") ?? 0),
  );
}

function fieldLine(item: JsonObject, customFields: Map<string, JsonObject>): string[] {
  const field = customFields.get(textIn(item, "idCustomField") ?? "");
  const name = textIn(field, "name");
  if (field === undefined || name === null) return [];
  const option = objectsIn(field.options).find((it) => it.id === item.idValue);
  const value = isObject(item.value) ? item.value : option?.value;
  const text =
    textIn(value, "text", "number", "date") ??
    (isObject(value) && value.checked === "true" ? "yes" : null);
  return text === null ? [] : [`- ${name}: ${text}`];
}
