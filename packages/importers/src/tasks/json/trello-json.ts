import { parseDate } from "../dates/parse-date.ts";
import { broughtByKeys } from "../plan/brought-by-keys.ts";
import { partsIn, readAmounts, readDays } from "../plan/fields.ts";
import { finishPlan } from "../plan/finish-plan.ts";
import type { ImportPlan, PlannedComment, PlannedStatus, PlannedTask } from "../plan/plan.ts";
import { createProblemList, type ProblemList } from "../plan/problem-list.ts";
import type { Reading } from "../plan/reading.ts";
import { guessCategory } from "../statuses/status-category.ts";
import { isObject, type JsonObject, numberIn, objectsIn, textIn } from "./json-fields.ts";
import {
  describeCard,
  inOrder,
  type TrelloBoardParts,
  withChecklists,
} from "./trello-card-text.ts";
import { checklistsOf } from "./trello-checklists.ts";
import { dayIn, memberOf } from "./trello-fields.ts";

/**
 * A Trello board's JSON export. It carries only the last 1,000 actions, so older comments come from
 * a second file of comment actions (`GET /boards/…/actions?filter=commentCard`).
 */
export function parseTrello(input: {
  board: JsonObject;
  actions: unknown[];
  reading: Reading;
}): ImportPlan {
  const { board, reading } = input;
  const problems = createProblemList();
  const lists = readLists(board);
  const actions = [...objectsIn(board.actions), ...objectsIn(input.actions)];
  const parts: TrelloBoardParts = {
    checklistsByCard: Array.isArray(board.checklists)
      ? groupBy(objectsIn(board.checklists), (it) => textIn(it, "idCard"))
      : null,
    customFields: byId(objectsIn(board.customFields)),
  };
  const source: Source = {
    lists,
    parts,
    problems,
    zone: reading.zone ?? "UTC",
    // Who left the board still stands in what they did.
    members: byId([...peopleOf(actions), ...objectsIn(board.members)]),
    commentsByCard: commentsOf(actions),
    movesByCard: groupBy(actions, (it) =>
      it.type === "updateCard" ? textIn(dataOf(it).card, "id") : null,
    ),
  };
  const cards = inOrder(objectsIn(board.cards).map((card, index) => ({ ...card, index })));
  const tasks = cards.flatMap((card) => toTask(card, source) ?? []);
  reportStray(source, new Set(cards.map((card) => textIn(card, "id") ?? "")));
  reportLeftOut({ board, cards, source });
  return finishPlan({
    format: "trello-json",
    system: "Trello",
    shape: "trello-json",
    name: textIn(board, "name"),
    tasks,
    problems,
    reading,
    boardOrder: columnsOf(lists, tasks),
  });
}

type List = PlannedStatus & { closed: boolean };

type Source = {
  lists: Map<string, List>;
  parts: TrelloBoardParts;
  problems: ProblemList;
  zone: string;
  members: Map<string, JsonObject>;
  commentsByCard: Map<string, Map<string, PlannedComment>>;
  movesByCard: Map<string, JsonObject[]>;
};

function readLists(board: JsonObject): Map<string, List> {
  const lists = new Map<string, List>();
  for (const list of inOrder(objectsIn(board.lists))) {
    const name = textIn(list, "name")?.trim() || "Unnamed list";
    const category = guessCategory(name) ?? "unstarted";
    lists.set(textIn(list, "id") ?? "", { name, category, closed: list.closed === true });
  }
  return lists;
}

/** The board's own order, archived lists last; an archived list without cards is not worth a column. */
function columnsOf(lists: Map<string, List>, tasks: PlannedTask[]): PlannedStatus[] {
  const used = new Set(tasks.map((task) => task.statusName));
  const all = [...lists.values()];
  const shown = [
    ...all.filter((it) => !it.closed),
    ...all.filter((it) => it.closed && used.has(it.name)),
  ];
  return shown.map(({ name, category }) => ({ name, category }));
}

function toTask(card: JsonObject, source: Source): PlannedTask | null {
  const id = textIn(card, "id");
  const place = `cards[${textIn(card, "index")}]`;
  if (id === null) {
    source.problems.skip(place, "Not a card: it has no ID.");
    return null;
  }
  if (card.isTemplate === true) {
    source.problems.skip(place, `“${textIn(card, "name")}” is a template for cards, and no task.`);
    return null;
  }
  const listId = textIn(card, "idList") ?? "";
  const list = source.lists.get(listId);
  if (list === undefined)
    source.problems.note(
      place,
      "list",
      "Its list isn't in the file, so it was put under “No list”.",
    );
  const isDone = list?.category === "completed" || list?.category === "cancelled";
  if (card.dueComplete === true && !isDone) {
    source.problems.note(
      place,
      "due",
      `Its due date is checked off, but it's in “${list?.name}”, so it stays open.`,
    );
  }
  const lastActivity = dateIn(card, "dateLastActivity");
  const isArchived = card.closed === true || list?.closed === true;
  const moves = source.movesByCard.get(id) ?? [];
  const createdAt = bornAt(id);
  return {
    sourceId: `trello:${id}`,
    sourceKey: textIn(card, "idShort") === null ? null : `#${textIn(card, "idShort")}`,
    title: textIn(card, "name") ?? "",
    description: describeCard(card, source.parts),
    statusName: list?.name ?? "No list",
    statusCategory: list?.category ?? "unstarted",
    priority: "none",
    labels: objectsIn(card.labels).map(labelOf),
    assignees: membersOf(card, source.members),
    reporter: null,
    ...readDays((field) => dayIn(card, source.zone, PARTS[field]?.flat() ?? [])),
    ...readAmounts(() => null),
    parentSourceId: null,
    blockedBySourceIds: [],
    createdAt,
    updatedAt: lastActivity,
    completedAt: isDone ? (lastMove(moves, (to) => to.idList === listId) ?? lastActivity) : null,
    archivedAt: isArchived ? archivedAt(moves, lastActivity ?? createdAt) : null,
    comments: [...(source.commentsByCard.get(id)?.values() ?? [])],
    checklists: checklistsOf(source.parts.checklistsByCard?.get(id) ?? [], source),
    url: textIn(card, "url", "shortUrl"),
    ...broughtByKeys(withChecklists(card, source.parts), PARTS),
    place,
  };
}

/** When it went away; some date it has to have, or it would come back. */
const archivedAt = (moves: JsonObject[], atLeast: Date | null) =>
  lastMove(moves, (to) => to.closed === true) ?? atLeast ?? new Date(0);

/** By keys: an answer of Trello's API has the fields that were asked for. */
const PARTS = partsIn("trello");

/** A Trello id begins with the second it was made in, in hex. */
function bornAt(id: string): Date | null {
  return /^[0-9a-f]{24}$/i.test(id) ? new Date(Number.parseInt(id.slice(0, 8), 16) * 1000) : null;
}

/** When the card last got what `matches` looks for; `data.old` names the fields an action changed. */
function lastMove(moves: JsonObject[], matches: (card: JsonObject) => boolean): Date | null {
  let last: Date | null = null;
  for (const move of moves) {
    const [card] = objectsIn([dataOf(move).card]);
    const [old] = objectsIn([dataOf(move).old]);
    if (card === undefined || old === undefined || !matches(card)) continue;
    if (!("idList" in old) && !("closed" in old)) continue;
    const date = dateIn(move, "date");
    if (date !== null && (last === null || date > last)) last = date;
  }
  return last;
}

function dataOf(action: JsonObject): JsonObject {
  return objectsIn([action.data])[0] ?? {};
}

function membersOf(card: JsonObject, members: Map<string, JsonObject>): PlannedTask["assignees"] {
  const ids = Array.isArray(card.idMembers) ? card.idMembers : [];
  return ids.flatMap((id) => memberOf({ id }, "id", members) ?? []);
}

const COLORS: Record<string, string> = {
  green: "#4bce97",
  yellow: "#e2b203",
  orange: "#faa53d",
  red: "#f87462",
  purple: "#9f8fef",
  blue: "#579dff",
  sky: "#60c6d2",
  lime: "#94c748",
  pink: "#e774bb",
  black: "#8590a2",
};

/** Many boards use bare colours; such a label is called by its colour. */
function labelOf(label: JsonObject): { name: string; color: string | null } {
  const color = (textIn(label, "color") ?? "").replace(/_(?:dark|light)$/, "");
  const named = textIn(label, "name")?.trim();
  const name = named || color.charAt(0).toUpperCase() + color.slice(1);
  return { name, color: COLORS[color] ?? null };
}

/** By card, then by the action's id, because the two files overlap. */
function commentsOf(actions: JsonObject[]): Map<string, Map<string, PlannedComment>> {
  const byCard = new Map<string, Map<string, PlannedComment>>();
  for (const action of actions) {
    if (action.type !== "commentCard" && action.type !== "copyCommentCard") continue;
    const data = dataOf(action);
    const [cardId, id] = [textIn(data.card, "id"), textIn(action, "id")];
    if (cardId === null || id === null) continue;
    const comments = byCard.get(cardId) ?? new Map<string, PlannedComment>();
    comments.set(id, {
      sourceId: `trello:comment:${id}`,
      author: textIn(action.memberCreator, "fullName", "username") ?? "unknown",
      body: textIn(data, "text") ?? "",
      createdAt: dateIn(action, "date"),
    });
    byCard.set(cardId, comments);
  }
  return byCard;
}

type Read = { board: JsonObject; cards: JsonObject[]; source: Source };

/** What the board has, and an import of its file cannot bring. */
function reportLeftOut({ board, cards, source }: Read): void {
  const { problems, commentsByCard } = source;
  for (const card of cards) {
    const place = `cards[${textIn(card, "index")}]`;
    const counted = isObject(card.badges) ? (numberIn(card.badges, "comments") ?? 0) : 0;
    const found = commentsByCard.get(textIn(card, "id") ?? "")?.size ?? 0;
    if (counted > found) {
      problems.skip(
        place,
        `The card counts ${counted} comments, and the file has ${found}: Trello's export stops at 1,000 actions of a board. Add a second file with the rest: the answer of Trello's API to boards/<board>/actions?filter=commentCard&limit=1000.`,
      );
    }
    const uploads = objectsIn(card.attachments).filter(({ isUpload }) => isUpload === true);
    if (uploads.length > 0) {
      const names = uploads.map((it) => `“${textIn(it, "name") ?? "a file"}”`).join(", ");
      problems.note(
        place,
        "attachments",
        `Trello's export has no files: ${names} ${uploads.length === 1 ? "is a link" : "are links"} to Trello, which opens them for who is signed in there. Download them there and attach them here, if they are to stay.`,
      );
    }
  }
  if (textIn(board, "desc")?.trim()) {
    problems.note("The board", "desc", "The board's own description wasn't imported.");
  }
}

function reportStray({ commentsByCard, problems }: Source, cards: Set<string>): void {
  for (const [cardId, comments] of commentsByCard) {
    if (cards.has(cardId)) continue;
    problems.skip(
      "actions",
      `${comments.size} comments on the card ${cardId}, which isn't in the file.`,
    );
  }
}

function dateIn(source: JsonObject, key: string): Date | null {
  return parseDate(textIn(source, key) ?? "")?.instant ?? null;
}

const peopleOf = (actions: JsonObject[]) =>
  actions.flatMap(({ memberCreator, member, data }) =>
    objectsIn([memberCreator, member, isObject(data) ? data.member : undefined]),
  );

function byId(items: JsonObject[]): Map<string, JsonObject> {
  return new Map(items.map((item) => [textIn(item, "id") ?? "", item]));
}

function groupBy(items: JsonObject[], keyOf: (item: JsonObject) => string | null) {
  const groups = new Map<string, JsonObject[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
