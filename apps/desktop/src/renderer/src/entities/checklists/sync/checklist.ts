import type { RouterInputs, RouterOutputs } from "@guildhall/api/client";
import { queryKey } from "@/sync/procedures.ts";

export type ChecklistsOfTask = RouterOutputs["checklists"]["list"];
export type Checklist = ChecklistsOfTask["checklists"][number];
export type ChecklistItem = ChecklistsOfTask["items"][number];
export type ItemPatch = RouterInputs["checklists"]["updateItem"]["patch"];
export type NewItem = RouterInputs["checklists"]["addItems"]["items"][number] & { id: string };

export const checklistsKey = (taskId: string) => queryKey("checklists.list", { taskId });
