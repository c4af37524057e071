import { Avatar } from "@/ui/people/avatar.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import type { Activity } from "./activity.ts";

/** "Ann moved it from To do to Done · yesterday" */
export function ActivityLine({ activity, name }: { activity: Activity; name: string }) {
  return (
    <p className="flex items-start gap-2 py-0.5 pr-3 pl-3 text-12 text-muted leading-5">
      <span className="flex h-5 items-center px-0.5">
        <Avatar person={{ id: activity.actorId ?? "", name }} size={16} decorative />
      </span>
      <span className="min-w-0 break-words">
        <span className="font-medium text-ink">{name}</span> {activity.sentence} ·{" "}
        <RelativeTime at={activity.at} />
      </span>
    </p>
  );
}
