/**
 * What people are told about, one row for each kind: who is concerned, in which words, and by what they
 * hear of it unless they have set it otherwise.
 *
 * Problem: a verb that has to remember whom to tell is forgotten by the next verb that does the same in
 * another way (undo, bulk edits, moving a card), and nobody notices what they were not told.
 * Choice: `write` derives notifications from what was recorded (notify.ts). A row here says of which
 * entities' changes it is made; a verb says nothing.
 */
import type { NotificationChannel, NotificationKind } from "@guildhall/db/lists";
import type { ChangeRows } from "../core/feed/change.ts";
import { mentionsIn, newlyNamed } from "./mentions.ts";

/** The entities whose changes concern somebody. */
export type Source =
  | "task"
  | "checklistItem"
  | "comment"
  | "document"
  | "documentVersion"
  | "projectMember"
  | "documentAccess"
  | "member"
  | "group"
  | "import";

export type SourceChange<E extends Source> = {
  id: string;
  op: "insert" | "update" | "delete";
  row: ChangeRows[E];
  /** As the feed last told of it before; null when it did not, or no longer knows. */
  was: ChangeRows[E] | null;
};

/** Who hears of it: these people, or those who stand in some relation to its thing. */
export type Concern = {
  /** By their ids; a group's stands for everyone in it. */
  people: string[] | "followers" | "participants" | "everyone";
  /** Of one cause a person hears once, ever; without it, once in this write. */
  cause?: string;
  /** Where it is not who writes: the background notes what somebody has done. */
  actorId?: string | null;
  /** Who did it too, or is told of it otherwise; a group's id stands for everyone in it. */
  authors?: string[];
  detail?: string | null;
};

type Concerns = { [E in Source]?: (change: SourceChange<E>) => (Concern | null)[] };

export type Kind = {
  /** In the settings. */
  label: string;
  /** Without its thing, which is shown beside it. `who`: the actor's name. */
  sentence: (who: string, detail: string | null, things?: number | null) => string;
  /** Of very many tasks in one write people are told together: of how many, and in which project. */
  gathers?: true;
  /** Of what is otherwise by the time at which a mail is read. */
  inMail?: (detail: string | null) => string;
  channels: readonly NotificationChannel[];
  concerns: Concerns;
  /** Made by the job of reminders (remind.ts), so many days before the task is due. */
  daysBefore?: number;
  /** Said to somebody by name: also to who muted the thing. */
  evenIfMuted?: true;
  /** Told of one's own doing too, as it is done in the background. */
  toActor?: true;
};

const added = (is: readonly string[], was: readonly string[] = []) =>
  is.filter((id) => !was.includes(id));

/**
 * In a text that is edited again and again each mention is told once, by who wrote it. What else is changed of its thing, as its status or who reacts to it, mentions nobody.
 */
function mentioned({ id, op, row, was }: SourceChange<"comment" | "task">): Concern[] {
  // What the feed no longer knows may have said the same.
  if (op === "update" && !was) return [];
  return newlyNamed(id, mentionsIn(textOf(row)), mentionsIn(textOf(was)));
}

const textOf = (row: ChangeRows["comment" | "task"] | null) =>
  (row && ("body" in row ? row.body : row.description)) ?? "";

const dayWords = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** `detail` of what is due: `2031-05-10`, and of a checklist item what it says: `2031-05-10 Oil it`. */
const DAY = "yyyy-mm-dd".length;
const ofItem = (detail: string | null) =>
  detail && detail.length > DAY ? `: “${detail.slice(DAY + 1)}”` : "";
const due = (words: string) => (_: string, detail: string | null) => words + ofItem(detail);
const dueOn = (words: string) => (detail: string | null) =>
  detail ? `${words} ${dayWords.format(new Date(detail.slice(0, DAY)))}${ofItem(detail)}` : words;

/** `detail`: what a checklist item says, when it is one of its task. */
const theItem = (detail: string | null) => (detail === null ? "" : ` “${detail}”`);

const tasks = (things: number | null | undefined) => (things ? ` ${things} tasks` : "");

const assigneeOf = (row: { assigneeId: string | null } | null) =>
  row?.assigneeId ? [row.assigneeId] : [];

const membersOf = (group: ChangeRows["group"] | null) =>
  group?.members.map(({ userId }) => userId) ?? [];

const roleWords = { owner: "an owner", editor: "an editor", viewer: "a viewer", guest: "a guest" };
const role = (detail: string | null) => roleWords[detail as keyof typeof roleWords] ?? "a member";

/** Of what the feed no longer knows too: what else changes of a member, they change themselves. */
function changedRole({ id, op, row, was }: SourceChange<"member" | "projectMember">): Concern[] {
  return op === "update" && was?.role !== row.role ? [{ people: [id], detail: row.role }] : [];
}

/** Not what comes back from the trash: who was concerned was told of it when it was said. */
const isNew = ({ op, was }: SourceChange<"comment">) => op === "insert" && !was;

export const kinds = {
  mentioned: {
    label: "You are mentioned",
    // `detail`: what the group is called with which they are mentioned.
    sentence: (who, detail) => `${who} mentioned ${detail === null ? "you" : `@${detail}`}`,
    channels: ["app", "mail", "push"],
    evenIfMuted: true,
    concerns: {
      comment: mentioned,
      task: mentioned,
    },
  },
  assigned: {
    label: "A task is assigned to you",
    sentence: (who, detail, things) => `${who} assigned you${tasks(things) || theItem(detail)}`,
    gathers: true,
    channels: ["app", "mail", "push"],
    evenIfMuted: true,
    concerns: {
      // Who has it already, by name or with a group, is told nothing.
      task: ({ row, was }) => [
        { people: added(row.assigneeIds, was?.assigneeIds), authors: was?.assigneeIds ?? [] },
      ],
      checklistItem: ({ row, was }) => [
        { people: added(assigneeOf(row), assigneeOf(was)), detail: row.text },
      ],
    },
  },
  unassigned: {
    label: "You are unassigned",
    sentence: (who, detail) =>
      `${who} unassigned you${detail === null ? "" : ` from${theItem(detail)}`}`,
    channels: ["app"],
    evenIfMuted: true,
    concerns: {
      task: ({ row, was }) => [
        { people: added(was?.assigneeIds ?? [], row.assigneeIds), authors: row.assigneeIds },
      ],
      // What becomes a task keeps its person.
      checklistItem: ({ row, was }) =>
        row.linkedTaskId
          ? []
          : [{ people: added(assigneeOf(was), assigneeOf(row)), detail: row.text }],
    },
  },
  replied: {
    label: "Replies in your threads",
    sentence: (who) => `${who} replied`,
    channels: ["app", "mail", "push"],
    concerns: {
      comment: (change) =>
        isNew(change) && (change.row.threadId || change.row.rootId)
          ? [{ people: "participants", cause: change.id }]
          : [],
    },
  },
  commented: {
    label: "Comments on what you follow",
    sentence: (who) => `${who} commented`,
    channels: ["app", "mail"],
    concerns: {
      comment: (change) => (isNew(change) ? [{ people: "followers", cause: change.id }] : []),
    },
  },
  status: {
    label: "The status of what you follow changes",
    sentence: (who, detail, things) =>
      `${who} changed the status${things ? ` of${tasks(things)}` : ""}${detail ? ` to ${detail}` : ""}`,
    gathers: true,
    channels: ["app"],
    concerns: {
      task: ({ row, was }) =>
        was && was.statusId !== row.statusId ? [{ people: "followers", detail: row.statusId }] : [],
    },
  },
  dueTomorrow: {
    label: "A task of yours is due tomorrow",
    sentence: due("Due tomorrow"),
    inMail: dueOn("Due on"),
    channels: ["app", "mail"],
    daysBefore: 1,
    evenIfMuted: true,
    concerns: {},
  },
  overdue: {
    label: "A task of yours is overdue",
    sentence: due("Overdue"),
    inMail: dueOn("Overdue: it was due on"),
    channels: ["app", "mail"],
    daysBefore: -1,
    evenIfMuted: true,
    concerns: {},
  },
  invited: {
    label: "You are added to a project or a document",
    sentence: (who, detail) => `${who} added you as ${role(detail)}`,
    channels: ["app", "mail"],
    evenIfMuted: true,
    concerns: {
      // By name: who comes with a group is told nothing of each place that it gives.
      projectMember: ({ id, op, row }) =>
        op === "insert" && row.personalRole !== null ? [{ people: [id], detail: row.role }] : [],
      documentAccess: ({ row: { isAdded, userId, role: detail } }) =>
        isAdded ? [{ people: [userId], detail }] : [],
    },
  },
  joinedGroup: {
    label: "You are added to a group",
    sentence: (who, detail) => `${who} added you to ${detail ?? "a group"}`,
    channels: ["app", "mail"],
    evenIfMuted: true,
    concerns: {
      group: ({ op, row, was }) =>
        // What the feed no longer knows may have had them already.
        op === "update" && !was
          ? []
          : [{ people: added(membersOf(row), membersOf(was)), detail: row.name }],
    },
  },
  roleChanged: {
    label: "Your role changes",
    sentence: (who, detail) => `${who} made you ${role(detail)}`,
    channels: ["app", "mail"],
    evenIfMuted: true,
    concerns: {
      member: changedRole,
      projectMember: changedRole,
    },
  },
  ownerAppointed: {
    label: "Your workspace gets an owner again",
    sentence: (_, detail) =>
      `An administrator of this server made ${detail ?? "you"} an owner: the workspace had none`,
    channels: ["app", "mail"],
    // Made by whoever appoints one, who is no member (instance/appoint-owner.ts).
    concerns: {},
  },
  documentChanged: {
    label: "A document that you follow is edited",
    sentence: (who) => `${who} edited the document`,
    channels: ["app"],
    // Made when a sitting is over, by a job (tell-sittings.ts).
    concerns: {},
  },
  importFinished: {
    label: "Your import finishes",
    sentence: (_, detail) =>
      detail === "failed" ? "Your import failed" : "Your import is complete",
    channels: ["app", "mail"],
    toActor: true,
    concerns: {
      import: ({ id, row: { mode, state, createdBy } }) =>
        createdBy && mode === "real" && (state === "done" || state === "failed")
          ? [{ people: [createdBy], cause: id, detail: state }]
          : [],
    },
  },
} satisfies Record<NotificationKind, Kind>;
