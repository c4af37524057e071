import type { RouterOutputs } from "@guildhall/api/client";
import { deviceName } from "@/ui/format/device-name.ts";
import { formatCount } from "@/ui/format/format-count.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { changesOf } from "./audit-words.ts";

export type AuditEntry = RouterOutputs["audit"]["list"]["entries"][number];

type Props = { entry: AuditEntry; showsWorkspace: boolean };

export function AuditRow({ entry, showsWorkspace }: Props) {
  const { actor, who, sentence, times, workspace, before, after, tokenName, address, userAgent } =
    entry;
  const changes = changesOf(before, after);
  const by = [
    tokenName && `access token ${tokenName}`,
    address,
    userAgent && deviceName(userAgent),
  ].filter(Boolean);
  return (
    <li className="flex items-start gap-2 px-3 py-2">
      {actor?.id ? (
        <Avatar person={{ id: actor.id, name: who }} size={20} decorative />
      ) : (
        <span className="w-5 shrink-0" />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-13">
          <span className="min-w-0 flex-1 basis-48 [overflow-wrap:anywhere]">
            <span className="font-medium">{who}</span> {sentence}
            {times > 1 && `, ${formatCount(times, "time")}`}
          </span>
          {showsWorkspace && workspace && <Badge>{workspace.name ?? "A deleted workspace"}</Badge>}
          <span className="shrink-0 text-12 text-muted">
            <RelativeTime at={entry.at} />
          </span>
        </p>
        {changes.length > 0 && (
          <p className="text-12 [overflow-wrap:anywhere]">{changes.join(" · ")}</p>
        )}
        {by.length > 0 && (
          <p className="text-12 text-muted [overflow-wrap:anywhere]">{by.join(" · ")}</p>
        )}
      </div>
    </li>
  );
}
