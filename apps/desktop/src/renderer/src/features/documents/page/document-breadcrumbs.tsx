import { ChevronRight, Folder } from "lucide-react";
import { Fragment } from "react";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import { pathOf } from "@/entities/documents/sync/tree-index.ts";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import { useProject } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { Link } from "@/ui/controls/link.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";

/** So many places above it are named; those between are behind dots. */
const SHOWN = 3;

/** The places above a document: its project, and what it stands in. */
export function DocumentBreadcrumbs({ document }: { document: DocumentRow }) {
  const project = useProject(document.projectId ?? "");
  const above = pathOf(useTree().rows, document);
  const shown = above.length > SHOWN ? above.slice(-SHOWN + 1) : above;
  if (!project && above.length === 0) return null;
  return (
    <nav aria-label="Breadcrumbs" className="flex min-w-0 items-center @max-lg/main:hidden">
      {project && (
        <Step
          href={paths.project(project.workspaceId, project.key)}
          icon={<LabelDot color={projectColor(project.id)} size={10} />}
          name={project.name}
        />
      )}
      {above.length > shown.length && <span className="px-1 text-faint">… /</span>}
      {shown.map((row) => (
        <Fragment key={row.id}>
          <Step
            href={paths.document(row.workspaceId, row.id)}
            icon={row.icon ?? (row.kind === "folder" && <Folder size={14} />)}
            name={row.title || "Untitled"}
          />
        </Fragment>
      ))}
    </nav>
  );
}

function Step({ href, icon, name }: { href: string; icon: React.ReactNode; name: string }) {
  return (
    <>
      <Link
        href={href}
        className="flex min-w-0 items-center gap-1.5 rounded-control px-1 py-0.5 text-13 text-muted hover:bg-hover hover:text-ink"
      >
        {icon}
        <span dir="auto" className="max-w-36 truncate">
          {name}
        </span>
      </Link>
      <ChevronRight size={13} className="mx-0.5 shrink-0 text-faint" aria-hidden="true" />
    </>
  );
}
