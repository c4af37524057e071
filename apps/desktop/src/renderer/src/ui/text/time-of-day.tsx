import { formatDate } from "@/lib/locale.ts";
import { exactTime } from "@/ui/format/format-time.ts";

/** "14:05", under the name of its day. */
export function TimeOfDay({ at }: { at: Date }) {
  return (
    <time
      dateTime={at.toISOString()}
      title={exactTime(at)}
      className="shrink-0 text-12 text-muted leading-5 tabular-nums"
    >
      {formatDate(at, { timeStyle: "short" })}
    </time>
  );
}
