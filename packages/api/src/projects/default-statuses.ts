import { uuidv7 } from "uuidv7";
import type { Status } from "./queries.ts";

/** What a new project starts with; ranks are the first keys of a fractional index. */
export function defaultStatuses(): Status[] {
  return [
    { id: uuidv7(), name: "Backlog", category: "backlog", rank: "a0" },
    { id: uuidv7(), name: "To do", category: "unstarted", rank: "a1" },
    { id: uuidv7(), name: "In progress", category: "started", rank: "a2" },
    { id: uuidv7(), name: "Done", category: "completed", rank: "a3" },
    { id: uuidv7(), name: "Cancelled", category: "cancelled", rank: "a4" },
  ];
}
