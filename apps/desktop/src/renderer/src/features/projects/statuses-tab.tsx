import type { Project } from "@/entities/workspaces/workspace.ts";
import { Section } from "@/ui/layout/section.tsx";
import { NewStatus } from "./new-status.tsx";
import { StatusRow } from "./status-row.tsx";
import { useStatusOrder } from "./use-status-order.ts";

export function StatusesTab({ project }: { project: Project }) {
  const { statuses, moveBefore, said } = useStatusOrder(project);
  const mayEdit = project.role !== "viewer";
  return (
    <Section
      title="Statuses"
      lead="The columns of the board, from left to right. A status's category says whether its tasks are open, in progress or done."
    >
      <ul aria-label="Statuses" className="divide-y rounded-panel border bg-surface">
        {statuses.map((status, index) => (
          <StatusRow
            key={status.id}
            status={status}
            project={project}
            mayEdit={mayEdit}
            onMoveBefore={(id) => moveBefore(id, status.id)}
            onStep={(by) => {
              const target = index + (by < 0 ? -1 : 2);
              if (target >= 0 && target <= statuses.length) {
                moveBefore(status.id, statuses[target]?.id ?? null);
              }
            }}
          />
        ))}
      </ul>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
      {mayEdit && <NewStatus project={project} />}
    </Section>
  );
}
