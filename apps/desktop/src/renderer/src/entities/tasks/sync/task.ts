/** Tasks as the views show them: rename a field in the router and this stops compiling. */
import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import type { EditMark } from "@/sync/outbox/edit-mark.ts";
import { type CachePrefix, ownKey, queryKey } from "@/sync/procedures.ts";

export type TaskRow = RouterOutputs["tasks"]["list"]["items"][number];
export type Task = RouterOutputs["tasks"]["get"];
export type TaskPatch = RouterInputs["tasks"]["update"]["patch"];
export type NewTask = RouterInputs["tasks"]["create"];

/** A task as a view shows it: the server's row, with what still waits in the outbox. */
export type TaskView = TaskRow & { description?: string; edit?: EditMark };

/** All tasks of a project that are not in the bin, archived ones too. */
export type Board = { tasks: ReadonlyMap<string, TaskRow>; complete: boolean };

export const boards: CachePrefix<Board> = ["board"];
export const boardKey = (projectId: string) => ownKey<Board>("board", projectId);
export const taskKey = (id: string) => queryKey("tasks.get", { id });
