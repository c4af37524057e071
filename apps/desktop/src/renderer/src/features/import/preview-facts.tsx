import type { RouterOutputs } from "@guildhall/api/client";
import { formatCount } from "@/ui/format/format-count.ts";
import { Chip } from "@/ui/icons/chip.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { formatNames } from "./format-names.ts";

type Preview = RouterOutputs["imports"]["preview"];

const SHOWN = 12;

export function PreviewFacts({ preview }: { preview: Preview }) {
  const { format, name, tasks, comments, statuses } = preview;
  return (
    <div className="grid gap-2">
      <p className="text-14">
        <span className="font-medium">{formatCount(tasks, "task")}</span>
        {comments > 0 && <> with {formatCount(comments, "comment")}</>}
        {format && <span className="text-muted"> from {formatNames[format]}</span>}
        {name && <span className="text-muted">, {name}</span>}
      </p>
      {statuses.length > 0 && (
        <div className="flex flex-wrap items-center gap-1.5">
          {statuses.slice(0, SHOWN).map((status) => (
            <Chip
              key={status.name}
              icon={<StatusIcon category={status.category} />}
              title={status.name}
            >
              {status.name}
            </Chip>
          ))}
          {statuses.length > SHOWN && (
            <span className="text-12 text-muted">and {statuses.length - SHOWN} more statuses</span>
          )}
        </div>
      )}
    </div>
  );
}
