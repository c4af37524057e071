import { Ellipsis } from "lucide-react";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { formatBytes, formatCount } from "@/ui/format/format-count.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { commandsFor, type WorkspaceCommand, type WorkspaceOfServer } from "./workspace.ts";

type Props = { workspace: WorkspaceOfServer; onAsk: (command: WorkspaceCommand) => void };

/** A row of `Rows`. */
export function WorkspaceRow({ workspace, onAsk }: Props) {
  const { name, owners, members, tasks, documents, bytes } = workspace;
  const commands = commandsFor(workspace);
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span dir="auto" className="min-w-0 truncate font-medium">
            {name}
          </span>
          <State workspace={workspace} />
        </p>
        {owners.length > 0 && (
          <p className="truncate text-12 text-muted">Owned by {owners.join(", ")}</p>
        )}
        <p className="text-12 text-muted">
          {formatCount(members, "member")} · {formatCount(tasks, "task")} ·{" "}
          {formatCount(documents, "document")} · <Times workspace={workspace} />
        </p>
      </div>
      <span className="shrink-0 text-13 tabular-nums">{formatBytes(bytes)}</span>
      {commands.length > 0 && (
        <Menu
          align="end"
          trigger={<IconButton label={`${name} options`} icon={<Ellipsis size={15} />} />}
          entries={commands.map(({ command, label, danger = false }) => ({
            ...{ label, danger },
            onSelect: () => onAsk(command),
          }))}
        />
      )}
    </li>
  );
}

function State({ workspace: { deletedAt, isErasing, owners } }: Pick<Props, "workspace">) {
  if (isErasing) return <Badge tone="danger">Being erased</Badge>;
  if (deletedAt) return <Badge tone="danger">Deleted</Badge>;
  return owners.length === 0 ? <Badge tone="warning">No active owner</Badge> : null;
}

function Times({ workspace }: Pick<Props, "workspace">) {
  const { deletedAt, deletedBy, eraseAt, isErasing, lastUsedAt, createdAt } = workspace;
  if (deletedAt) {
    return (
      <>
        deleted <RelativeTime at={deletedAt} />
        {deletedBy && ` by ${deletedBy}`}
        {eraseAt && !isErasing && (
          <>
            {", erased "}
            <RelativeTime at={eraseAt} />
          </>
        )}
      </>
    );
  }
  return lastUsedAt ? (
    <>
      last changed <RelativeTime at={lastUsedAt} />
    </>
  ) : (
    <>
      created <RelativeTime at={createdAt} />
    </>
  );
}
