import { useDeletedProjects, useRestoreProject } from "@/entities/projects/use-deleted-projects.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** Those that one owned, each until its days are over. */
export function DeletedProjects() {
  const { id: workspaceId } = useWorkspace();
  const projects = useDeletedProjects(workspaceId);
  const restore = useRestoreProject(workspaceId);
  return (
    <Section title="Deleted projects" lead="Kept for 14 days, with everything in them.">
      {projects.length === 0 ? (
        <p className="text-13 text-muted">There are none.</p>
      ) : (
        <Rows label="Deleted projects">
          {projects.map(({ id, key, name, deletedAt, deletedBy, eraseAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-2 px-3 py-2.5 text-13">
              <div className="min-w-40 flex-1">
                <p dir="auto" className="truncate font-medium">
                  {name} <span className="font-normal text-muted">{key}</span>
                </p>
                <p className="text-12 text-muted">
                  Deleted <RelativeTime at={deletedAt} />
                  {deletedBy && ` by ${deletedBy}`} · erased <RelativeTime at={eraseAt} />
                </p>
              </div>
              <Button
                busy={restore.isPending && restore.variables.id === id}
                onClick={() => restore.mutate({ id })}
                aria-label={`Restore ${name}`}
              >
                Restore
              </Button>
            </li>
          ))}
        </Rows>
      )}
    </Section>
  );
}
