import { createContext, use } from "react";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { invariant } from "@/lib/invariant.ts";

/** The columns as such: their order and which of them are folded. */
export type ColumnParts = {
  statuses: readonly Status[];
  isCollapsed: (statusId: string) => boolean;
  toggle: (statusId: string) => void;
  /** To this position among the others. */
  moveColumn: (statusId: string, to: number) => void;
};

export const ColumnContext = createContext<ColumnParts | null>(null);

export const useColumnParts = (): ColumnParts =>
  invariant(use(ColumnContext), "this is on a board");
