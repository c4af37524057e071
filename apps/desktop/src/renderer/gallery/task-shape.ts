import type { Priority } from "@/ui/priority-icon.tsx";
import type { StatusCategory } from "@/ui/status-icon.tsx";

/** What the sample says of a task: enough for the components to show it. */
export type Task = {
  id: string;
  /** "APP-123" */
  key: string;
  number: number;
  title: string;
  description?: string;
  statusId: string;
  priority: Priority;
  assigneeIds: string[];
  labelIds: string[];
  /** "yyyy-mm-dd" */
  dueDate: string | null;
  estimate: number | null;
  parentId: string | null;
  blockedByIds: string[];
  rank: string;
  createdAt: Date;
  completedAt: Date | null;
  archivedAt: Date | null;
  commentCount: number;
  subtaskCount: number;
  subtaskDoneCount: number;
};

export type Status = { id: string; name: string; category: StatusCategory };

export type Label = { id: string; name: string; color: string | null };
