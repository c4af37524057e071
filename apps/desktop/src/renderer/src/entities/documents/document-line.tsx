import { LockKeyhole } from "lucide-react";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { pathOf } from "@/entities/documents/sync/tree-index.ts";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { peopleById } from "@/entities/people/people-by-id.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { Link } from "@/ui/controls/link.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { ContextMenu } from "@/ui/overlays/context-menu.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { DocumentIcon } from "./document-icon.tsx";
import { useDocumentMenu } from "./menu/use-document-menu.ts";

/** A document in a list: what it is called, where it stands, who made it and when it was edited. */
export function DocumentLine({ row }: { row: DocumentView }) {
  const tree = useTree();
  const { members, projects } = useWorkspace();
  const maker = peopleById(members).get(row.createdBy ?? "");
  const project = projects.find(({ id }) => id === row.projectId);
  const path = [...(project ? [project.name] : []), ...pathOf(tree.rows, row).map(nameOf)];
  const entries = useDocumentMenu(row);
  return (
    <ContextMenu entries={entries}>
      <Link
        href={paths.document(row.workspaceId, row.id)}
        className="flex h-full items-center gap-3 rounded-control px-2 hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="grid w-5 shrink-0 place-items-center text-muted">
          <DocumentIcon document={row} size={16} />
        </span>
        <span dir="auto" className="min-w-0 shrink truncate font-medium">
          {nameOf(row)}
        </span>
        {row.visibility === "private" && (
          <LockKeyhole size={12} aria-label="Private" className="shrink-0 text-faint" />
        )}
        {row.isTemplate && <Badge>Template</Badge>}
        {row.archivedAt && <Badge>Archived</Badge>}
        <span className="min-w-0 flex-1 truncate text-12 text-faint @max-lg/main:hidden">
          {path.join(" / ")}
        </span>
        <span className="ml-auto w-24 shrink-0 text-right text-12 text-muted tabular-nums">
          <RelativeTime at={row.updatedAt} />
        </span>
        {maker ? <Avatar person={maker} size={20} /> : <span className="w-5" />}
      </Link>
    </ContextMenu>
  );
}
