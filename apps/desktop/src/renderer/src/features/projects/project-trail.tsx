import { addresses } from "@/routes/addresses.ts";
import type { Project } from "@/sync/shapes.ts";
import { LabelDot } from "@/ui/label-dot.tsx";
import { Link } from "@/ui/link.tsx";
import { projectColor } from "./project-color.ts";

/** Before the title of a page about a project: the way back to its board. */
export function ProjectTrail({ project }: { project: Project }) {
  return (
    <>
      <Link
        href={addresses.project(project.workspaceId, project.key)}
        className="flex min-w-0 items-center gap-2 rounded-control text-muted hover:text-ink"
      >
        <LabelDot color={projectColor(project.id)} size={10} />
        <span dir="auto" className="truncate">
          {project.name}
        </span>
      </Link>
      <span className="text-faint" aria-hidden="true">
        ›
      </span>
    </>
  );
}
