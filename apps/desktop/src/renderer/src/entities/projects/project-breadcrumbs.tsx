import { ChevronRight } from "lucide-react";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { Link } from "@/ui/controls/link.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { projectColor } from "./project-color.ts";

/** Before the title of a page about a project: the way back to its board. */
export function ProjectBreadcrumbs({ project }: { project: Project }) {
  return (
    <>
      <Link
        href={paths.project(project.workspaceId, project.key)}
        className="flex min-w-0 items-center gap-2 rounded-control px-1 py-0.5 text-13 text-muted hover:bg-hover hover:text-ink"
      >
        <LabelDot color={projectColor(project.id)} size={10} />
        <span dir="auto" className="max-w-40 truncate @max-md/main:hidden">
          {project.name}
        </span>
      </Link>
      <ChevronRight size={13} className="shrink-0 text-faint" aria-hidden="true" />
    </>
  );
}
