import { useState } from "react";

/**
 * How often it was opened, as the key of what is in it. A popup stays mounted while it fades out; opened
 * again in these moments it would still hold what was typed and chosen before.
 */
export function useOpenings(open: boolean): number {
  const [seen, setSeen] = useState({ open, count: 0 });
  if (seen.open === open) return seen.count;
  const count = open ? seen.count + 1 : seen.count;
  setSeen({ open, count });
  return count;
}
