import type { RouterOutputs } from "@guildhall/api/client";
import { queryKey } from "@/sync/procedures.ts";

export type Comment = RouterOutputs["comments"]["list"][number];
export type DocumentThreads = RouterOutputs["threads"]["list"];
export type DocumentThread = DocumentThreads["threads"][number];
/** One of a task's own changes, newest first in its history. */
export type HistoryItem = RouterOutputs["changes"]["history"]["items"][number];

export const commentsKey = (taskId: string) => queryKey("comments.list", { taskId });
export const threadsKey = (documentId: string) => queryKey("threads.list", { documentId });
