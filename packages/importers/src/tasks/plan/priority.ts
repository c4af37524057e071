import { type Priority, priorities } from "@guildhall/db/lists";

const NAMES: Record<Priority, string[]> = {
  urgent: ["urgent", "highest", "blocker", "critical", "p0", "immediate"],
  high: ["high", "major", "important", "p1"],
  medium: ["medium", "normal", "moderate", "p2"],
  low: ["low", "lowest", "minor", "trivial", "p3", "p4"],
  none: ["", "none", "no priority", "not set", "unprioritized"],
};

const BY_NAME = new Map(
  priorities.flatMap((priority) =>
    NAMES[priority].map((name): [string, Priority] => [name, priority]),
  ),
);

/** null for a name nobody taught us. */
export function priorityOf(name: string): Priority | null {
  return BY_NAME.get(name.trim().toLowerCase()) ?? null;
}
