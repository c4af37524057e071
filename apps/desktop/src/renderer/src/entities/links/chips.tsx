/** Who and what a text names: a person, a task, a document. Live: they say what it is called now. */
import { EVERYONE, groupOfMention } from "@guildhall/document-model/text";
import { FileText, Folder, SearchX } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { formatMembers } from "@/entities/groups/format-group.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { useLinkTarget } from "./use-link-targets.ts";

type MentionProps = { userId: string; label: string | null };

/** `userId`: a person's, or what stands for a group or for everyone. */
export function MentionChip({ userId, label }: MentionProps) {
  const groupId = groupOfMention(userId);
  return groupId ? (
    <GroupMention groupId={groupId} label={label} />
  ) : (
    <PersonMention userId={userId} label={label} />
  );
}

function GroupMention({ groupId, label }: { groupId: string; label: string | null }) {
  const { role, groups = [] } = useWorkspace();
  const { id: myId } = useMe();
  const group = groups.find(({ id }) => id === groupId);
  const isMine = group?.members.some(({ userId }) => userId === myId);
  const name = group?.name ?? label ?? "A group";
  // A guest sees few groups: that one is not among them says nothing.
  const isDeleted = !group && role !== "guest";
  return (
    <span
      className={cx("mention", isMine && "mention-me", isDeleted && "mention-gone")}
      title={group ? formatMembers(group) : undefined}
    >
      @{name}
      {isDeleted && " (deleted group)"}
    </span>
  );
}

function PersonMention({ userId, label }: MentionProps) {
  const { members } = useWorkspace();
  const { id: myId } = useMe();
  const name = members.find((member) => member.userId === userId)?.name ?? label ?? "Someone";
  const isMe = userId === myId || userId === EVERYONE;
  return <span className={cx("mention", isMe && "mention-me")}>@{name}</span>;
}

export function TaskChip({ taskId, label }: { taskId: string; label: string | null }) {
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

export function DocumentChip({ documentId, label }: { documentId: string; label: string | null }) {
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
    <Link href={href} className={cx("chip", isDone && "chip-done")} draggable={false}>
      <span className="chip-icon">{icon}</span>
      <span className="chip-label">{children}</span>
    </Link>
  );
}

/** Deleted, or not to be seen: what it was called when it was put here is all that is told. */
function Broken({ label, what }: { label: string | null; what: string }) {
  return (
    <span
      className="chip chip-broken"
      title={`This ${what} was deleted, or you don't have access to it`}
    >
      <span className="chip-icon">
        <SearchX size={14} aria-label={`Deleted ${what}`} />
      </span>
      <span className="chip-label">{label || `A ${what}`}</span>
    </span>
  );
}
