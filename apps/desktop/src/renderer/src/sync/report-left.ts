import { formatList } from "@/lib/locale.ts";
import { notify } from "@/ui/overlays/toast.ts";

/** So many are named. */
const NAMED = 3;

/**
 * An undo overwrites nobody: what was left out of it is told. `names` are those of what the answer
 * has; what is left and not in it is gone for other reasons.
 */
export function reportLeft(left: readonly string[], names: ReadonlyMap<string, string>) {
  if (left.length === 0) return;
  const known = left.flatMap((id) => names.get(id) ?? []);
  const rest = known.length - NAMED;
  const listed = rest > 0 ? [...known.slice(0, NAMED), `${rest} more`] : known;
  const which = listed.length > 0 ? formatList(listed) : "Something";
  notify({
    title: "Not everything was undone",
    description: `${which} ${known.length > 1 ? "have" : "has"} been changed by someone else since. Their changes were kept.`,
  });
}
