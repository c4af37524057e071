import { createContext, use } from "react";
import type { Names } from "@/entities/tasks/properties/property-view.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { SubtaskCounts } from "@/features/project-view/query/subtasks.ts";
import { invariant } from "@/lib/invariant.ts";
import type { Observable } from "@/lib/observable.ts";
import type { Place } from "./board-model.ts";

/** The card that the keys act on. `wantsFocus`: it takes the focus as soon as it is drawn. */
export type Current = { id: string | null; wantsFocus: boolean };

/**
 * What every card and column needs. It changes with the project and its people, and not with its
 * tasks: an edit of one card must not draw the others again.
 */
export type BoardParts = {
  canEdit: boolean;
  names: Names;
  /** A card's width in pixels. */
  cardWidth: number;
  /** Counts the fonts that came: heights known before are then wrong. */
  fonts: number;
  current: Observable<Current>;
  /** The card being dragged; its stack keeps it drawn while the others scroll by. */
  dragged: Observable<string | null>;
  open: (task: TaskView) => void;
  drop: (taskId: string, place: Place) => void;
  subtasks: SubtaskCounts;
};

export const BoardContext = createContext<BoardParts | null>(null);

export const useBoardParts = (): BoardParts => invariant(use(BoardContext), "this is on a board");
