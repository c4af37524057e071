import { FileText, Folder, MessageSquare, Paperclip } from "lucide-react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import type { Found } from "./found.ts";

export function FoundIcon({ found }: { found: Found }) {
  const { projects } = useWorkspace();
  if (found.kind === "comment") return <MessageSquare size={14} className="text-muted" />;
  if (found.kind === "file") return <Paperclip size={14} className="text-muted" />;
  if (found.document) {
    const { icon, kind } = found.document;
    if (icon) return <span className="text-14 leading-none">{icon}</span>;
    const Icon = kind === "folder" ? Folder : FileText;
    return <Icon size={14} className="text-muted" />;
  }
  const statuses = projects.flatMap((project) => project.statuses);
  const status = statuses.find(({ id }) => id === found.task?.statusId);
  return <StatusIcon category={status?.category ?? "backlog"} label={status?.name} />;
}
