import { ChevronRight, Columns3, FileUp, type LucideIcon, UserPlus } from "lucide-react";
import { paths } from "@/lib/paths.ts";
import { Link } from "@/ui/controls/link.tsx";
import { StepsFrame } from "./steps-frame.tsx";

type Props = { workspaceId: string; projectKey: string };

/** What to do with a board that is still empty. */
export function FirstSteps({ workspaceId, projectKey }: Props) {
  return (
    <StepsFrame step={3} title="How would you like to start?" lead="You can do the others later.">
      <div className="grid gap-2">
        <Way href={paths.import(workspaceId, projectKey)} Icon={FileUp} title="Import your tasks">
          From GitHub, Jira, Trello or any CSV file. You can review everything first.
        </Way>
        <Way href={paths.members(workspaceId)} Icon={UserPlus} title="Invite your team">
          By email, or with a link you share.
        </Way>
        <Way
          href={paths.project(workspaceId, projectKey)}
          Icon={Columns3}
          title="Start with an empty board"
        >
          Press C anywhere to create a task.
        </Way>
      </div>
    </StepsFrame>
  );
}

type WayProps = { href: string; Icon: LucideIcon; title: string; children: string };

function Way({ href, Icon, title, children }: WayProps) {
  return (
    <Link
      href={href}
      className="group flex items-center gap-3.5 rounded-panel border border-line-strong bg-surface px-4 py-3.5 shadow-card transition-colors hover:border-faint/70 hover:bg-hover"
    >
      <Icon size={18} className="shrink-0 text-accent-ink" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium text-14">{title}</span>
        <span className="block text-12 text-muted">{children}</span>
      </span>
      <ChevronRight size={16} className="shrink-0 text-faint" aria-hidden="true" />
    </Link>
  );
}
