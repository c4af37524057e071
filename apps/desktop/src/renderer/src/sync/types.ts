/** What the views show, all of it from the router: rename a field there and this stops compiling. */
import type { ChangeOf, RouterInputs, RouterOutputs } from "@guildhall/api/client";

export type Me = RouterOutputs["auth"]["me"];
export type Workspace = RouterOutputs["workspaces"]["open"];
export type Member = Workspace["members"][number];
export type Project = Workspace["projects"][number];
export type Status = Project["statuses"][number];
export type Label = Project["labels"][number];
export type TaskRow = RouterOutputs["tasks"]["list"]["items"][number];
export type Task = RouterOutputs["tasks"]["get"];
export type TaskPatch = RouterInputs["tasks"]["update"]["patch"];
export type NewTask = RouterInputs["tasks"]["create"];
export type Found = RouterOutputs["search"]["find"]["items"][number];
export type Comment = RouterOutputs["comments"]["list"][number];
export type DocumentRow = RouterOutputs["documents"]["list"]["items"][number];
export type BinItem = RouterOutputs["documents"]["bin"][number];
export type DocumentThreads = RouterOutputs["threads"]["list"];
export type DocumentThread = DocumentThreads["threads"][number];
export type DocumentVersion = RouterOutputs["documents"]["versions"]["items"][number];
/** What a link in a text points to; null when it is gone, or not for this person to see. */
export type LinkedDocument = RouterOutputs["documents"]["linkTargets"]["documents"][number] | null;
export type Backlinks = RouterOutputs["documents"]["backlinks"];
export type LinkedTask = TaskRow | null;
/** One of a task's own changes, newest first in its history. */
export type HistoryItem = RouterOutputs["changes"]["history"]["items"][number];
/** A file as the lists of a place have it. */
export type FileRow = RouterOutputs["files"]["list"]["items"][number];
export type ImportRow = NonNullable<ChangeOf<"import">["row"]>;
export type Role = Workspace["role"];

/** A task as a view shows it: the server's row with what still waits in the outbox laid over it. */
export type TaskView = TaskRow & {
  description?: string;
  /** Set while an edit of it is on its way, or was refused. */
  edit?: { state: "waiting" } | { state: "failed"; entryId: string; message: string };
};

/** A document as a view shows it: the server's row with what still waits in the outbox laid over it. */
export type DocumentView = DocumentRow & { edit?: TaskView["edit"] };

/** All documents of a workspace that are not in the bin, archived ones too. */
export type Tree = {
  documents: ReadonlyMap<string, DocumentRow>;
  /** My role in each that has access of its own. */
  areas: Readonly<Record<string, Role>>;
};

/** All tasks of a project that are not in the bin, archived ones too. */
export type Board = { tasks: ReadonlyMap<string, TaskRow>; complete: boolean };
