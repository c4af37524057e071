import type { RouterOutputs } from "@guildhall/api/client";
import { formatCount } from "@/ui/format/format-count.ts";
import { formatNames } from "./format-names.ts";

type Preview = RouterOutputs["imports"]["preview"];

export function PreviewFacts({ preview }: { preview: Preview }) {
  const { format, system, name, tasks, comments } = preview;
  return (
    <p className="text-14">
      <span className="font-medium">{formatCount(tasks, "task")}</span>
      {comments > 0 && <> with {formatCount(comments, "comment")}</>}
      {format && <span className="text-muted"> from {system ?? formatNames[format]}</span>}
      {name && <span className="text-muted">, {name}</span>}
    </p>
  );
}
