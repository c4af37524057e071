import { FileText, Folder, SearchX } from "lucide-react";
import { useAssigneesById } from "@/entities/groups/assignees.ts";
import { useLinkTarget } from "@/entities/links/use-link-targets.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { formatDueDate } from "@/ui/format/format-time.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

/** A document's title, its first lines, and who wrote in it last. */
export function DocumentPreview({ id }: { id: string }) {
  const document = useLinkTarget("document", id, true);
  const nameOf = useNameOf();
  if (document === undefined) return <Loading />;
  if (document === null) return <Gone what="document" />;
  const Icon = document.kind === "folder" ? Folder : FileText;
  return (
    <>
      <p className="flex items-start gap-2 font-semibold text-14">
        <span className="grid h-5 shrink-0 place-items-center">
          {document.icon ?? <Icon size={15} className="text-muted" aria-hidden="true" />}
        </span>
        <span dir="auto" className="line-clamp-2 break-words">
          {document.title || "Untitled"}
        </span>
      </p>
      {document.excerpt && (
        <p className="mt-1.5 line-clamp-4 whitespace-pre-line break-words text-muted leading-[18px]">
          {document.excerpt.replace(/\n{2,}/g, "\n")}
        </p>
      )}
      <p className="mt-2 text-12 text-muted">
        Edited by {nameOf(document.updatedBy)} · <RelativeTime at={document.updatedAt} />
        {document.archivedAt && " · archived"}
      </p>
    </>
  );
}

/** A task's title, how far it is, and whose it is. */
export function TaskPreview({ id }: { id: string }) {
  const task = useLinkTarget("task", id, true);
  const { projects } = useWorkspace();
  const assignees = useAssigneesById();
  if (task === undefined) return <Loading />;
  if (task === null) return <Gone what="task" />;
  const project = projects.find((p) => p.id === task.projectId);
  const status = project?.statuses.find((s) => s.id === task.statusId);
  const people = task.assigneeIds.flatMap((id) => assignees.get(id) ?? []);
  return (
    <>
      <p className="text-12 text-muted">
        {task.key}
        {project && ` · ${project.name}`}
      </p>
      <p dir="auto" className="mt-0.5 line-clamp-3 break-words font-semibold text-14">
        {task.title}
      </p>
      <div className="mt-2 flex items-center gap-2 text-muted">
        <StatusIcon category={status?.category ?? "backlog"} />
        <span>{status?.name}</span>
        {task.dueDate && <span>· due {formatDueDate(task.dueDate, new Date())}</span>}
        <span className="ml-auto">
          {people.length > 0 ? <AvatarStack people={people} /> : "Unassigned"}
        </span>
      </div>
    </>
  );
}

function Loading() {
  return (
    <div className="grid gap-2">
      <Skeleton width="60%" height={14} />
      <Skeleton width="100%" height={12} />
    </div>
  );
}

function Gone({ what }: { what: string }) {
  return (
    <p className="flex gap-2 text-muted leading-[18px]">
      <SearchX size={15} className="mt-px shrink-0" aria-hidden="true" />
      This {what} was deleted, or you don't have access to it.
    </p>
  );
}
