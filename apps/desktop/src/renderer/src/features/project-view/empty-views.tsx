import { FileUp, ListFilter, Plus, SquareKanban, UserPlus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { type BoardView, paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { useView } from "./view/view-context.ts";

/** A project without tasks: what it is for, and the three ways to begin. */
export function EmptyProject({ view, children }: { view: BoardView; children: ReactNode }) {
  const { project, canEdit, create } = useView();
  const workspace = useWorkspace();
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return children;
  return (
    <EmptyState
      icon={<SquareKanban size={18} />}
      title={`${project.name} has no tasks yet`}
      command={
        canEdit && (
          <div className="flex flex-wrap justify-center gap-2">
            <Button variant="primary" icon={<Plus size={14} />} keys="c" onClick={create}>
              Create your first task
            </Button>
            <ButtonLink href={paths.import(workspace.id, project.key)} icon={<FileUp size={14} />}>
              Import tasks
            </ButtonLink>
            {workspace.role === "owner" && (
              <ButtonLink href={paths.members(workspace.id)} icon={<UserPlus size={14} />}>
                Invite people
              </ButtonLink>
            )}
            {view === "board" && (
              <Button variant="ghost" onClick={() => setDismissed(true)}>
                Show empty board
              </Button>
            )}
          </div>
        )
      }
    >
      {canEdit
        ? "Add your first task, or import your tasks from GitHub, Jira, Trello or a CSV file."
        : "Tasks appear here when someone creates them."}
    </EmptyState>
  );
}

function ButtonLink(props: { href: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Link
      href={props.href}
      className="inline-flex h-7 shrink-0 select-none items-center gap-1.5 whitespace-nowrap rounded-control border border-line-strong bg-raised px-2.5 font-medium text-13 shadow-card transition-colors hover:bg-[color-mix(in_oklch,var(--raised),var(--ink)_4%)]"
    >
      {props.icon}
      {props.children}
    </Link>
  );
}

export function NothingFits({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<ListFilter size={18} />}
      title="No tasks match these filters"
      command={<Button onClick={onClear}>Clear all filters</Button>}
    >
      Change a filter, or clear all of them to see every task.
    </EmptyState>
  );
}
