/** Who and what a text names: a person, a task, a document. Live: they say what it is called now. */
import { DocumentChip, Mention, TaskChip } from "@guildhall/document-model";
import { NodeViewWrapper, type ReactNodeViewProps, ReactNodeViewRenderer } from "@tiptap/react";
import { FileText, Folder, SearchX } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useLinkTarget } from "@/entities/links/use-link-targets.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";

const asChip = { as: "span" as const, className: "chip-place" };

function MentionChip({ node }: ReactNodeViewProps) {
  const { members } = useWorkspace();
  const { id: myId } = useMe();
  const { userId, label } = node.attrs;
  const name = members.find((member) => member.userId === userId)?.name ?? label ?? "Someone";
  return (
    <NodeViewWrapper {...asChip}>
      <span className={cx("mention", userId === myId && "mention-me")}>@{name}</span>
    </NodeViewWrapper>
  );
}

function LiveTaskChip({ node }: ReactNodeViewProps) {
  const { taskId, label } = node.attrs;
  const task = useLinkTarget("task", taskId);
  const { id: workspaceId, projects } = useWorkspace();
  const statuses = useMemo(
    () => new Map(projects.flatMap((p) => p.statuses.map((s) => [s.id, s] as const))),
    [projects],
  );
  if (task === null) return <Broken label={label} what="task" />;
  const status = statuses.get(task?.statusId ?? "");
  return (
    <ChipLink
      href={paths.task(workspaceId, task?.key ?? taskId)}
      icon={<StatusIcon category={status?.category ?? "backlog"} label={status?.name} />}
      isDone={Boolean(task?.completedAt)}
    >
      {task ? (
        <>
          <span className="chip-key">{task.key}</span> {task.title}
        </>
      ) : (
        label
      )}
    </ChipLink>
  );
}

function LiveDocumentChip({ node }: ReactNodeViewProps) {
  const { documentId, label } = node.attrs;
  const document = useLinkTarget("document", documentId);
  const { id: workspaceId } = useWorkspace();
  if (document === null) return <Broken label={label} what="document" />;
  const Icon = document?.kind === "folder" ? Folder : FileText;
  return (
    <ChipLink
      href={paths.document(workspaceId, documentId)}
      icon={document?.icon ?? <Icon size={14} className="text-muted" />}
    >
      {document ? document.title || "Untitled" : label}
    </ChipLink>
  );
}

type ChipProps = { href: string; icon: ReactNode; isDone?: boolean; children: ReactNode };

function ChipLink({ href, icon, isDone, children }: ChipProps) {
  return (
    <NodeViewWrapper {...asChip}>
      <Link href={href} className={cx("chip", isDone && "chip-done")} draggable={false}>
        <span className="chip-icon">{icon}</span>
        <span className="chip-label">{children}</span>
      </Link>
    </NodeViewWrapper>
  );
}

/** Deleted, or not to be seen: what it was called when it was put here is all that is told. */
function Broken({ label, what }: { label: string | null; what: string }) {
  return (
    <NodeViewWrapper {...asChip}>
      <span
        className="chip chip-broken"
        title={`This ${what} was deleted, or you don't have access to it`}
      >
        <span className="chip-icon">
          <SearchX size={14} aria-label={`Deleted ${what}`} />
        </span>
        <span className="chip-label">{label || `A ${what}`}</span>
      </span>
    </NodeViewWrapper>
  );
}

const view = (Component: (props: ReactNodeViewProps) => ReactNode) => () =>
  ReactNodeViewRenderer(Component, { as: "span" });

export const MentionView = Mention.extend({ addNodeView: view(MentionChip) });
export const TaskChipView = TaskChip.extend({ addNodeView: view(LiveTaskChip) });
export const DocumentChipView = DocumentChip.extend({ addNodeView: view(LiveDocumentChip) });
