import { Check, CloudOff, Link2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { ChecklistCount } from "@/entities/tasks/card/checklist-count.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { linkTo } from "@/platform/links.ts";
import { useSaveState } from "@/sync/use-save-state.ts";
import { copyText } from "@/ui/controls/copy-text.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { Tooltip } from "@/ui/overlays/tooltip.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";

type Props = {
  task: TaskView;
  project: Project;
  /** Where the key stands already, as the page's heading. */
  hideKey?: boolean;
};

/** The key with its link to copy, and what holds of the task as a whole: archived, waiting, refused. */
export function TaskKey({ task, project, hideKey = false }: Props) {
  const [copied, setCopied] = useState(false);
  const hasKey = task.number > 0;
  async function copyLink() {
    await copyText(await linkTo(paths.task(project.workspaceId, task.key)));
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  }
  useShortcut(
    { keys: hasKey ? "mod+shift+c" : null, label: "Copy link to task", group: "Task" },
    copyLink,
  );

  return (
    <span className="flex items-center gap-1.5 text-13">
      {!hideKey && <span className="tabular-nums">{hasKey ? task.key : "New task"}</span>}
      {hasKey && (
        <IconButton
          label={copied ? "Copied" : "Copy link"}
          keys="mod+shift+c"
          size="small"
          icon={copied ? <Check size={14} className="text-success-ink" /> : <Link2 size={14} />}
          onClick={copyLink}
        />
      )}
      <ChecklistCount task={task} />
      {task.archivedAt && <Badge>Archived</Badge>}
      <EditState edit={task.edit} />
    </span>
  );
}

function EditState({ edit }: Pick<TaskView, "edit">) {
  if (!edit) return null;
  if (edit.state === "failed") {
    return (
      <Tooltip label={edit.message}>
        <button type="button" aria-label={`Not saved: ${edit.message}`}>
          <Badge tone="danger" icon={<TriangleAlert size={11} />}>
            Not saved
          </Badge>
        </button>
      </Tooltip>
    );
  }
  return <Waiting />;
}

/** On the way to a server that answers, it is nothing to speak of. */
function Waiting() {
  const { state } = useSaveState();
  if (state !== "offline") return null;
  return (
    <Badge tone="warning" icon={<CloudOff size={11} />}>
      Waiting to be saved
    </Badge>
  );
}
