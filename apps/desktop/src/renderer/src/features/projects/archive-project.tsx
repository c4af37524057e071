import { Archive, ArchiveRestore } from "lucide-react";
import { uuidv7 } from "uuidv7";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { usePutProject } from "./use-put-project.ts";

/** Archiving can be taken back, so it is done at once and offers that. */
export function ArchiveProject({ project }: { project: Project }) {
  const put = usePutProject();
  const { undo } = useSyncClient();
  const pushUndo = useSettingsUndo();
  const done = (of: string, label: string) =>
    pushUndo({ mutation: "projects.undo", id: project.id, of, label });
  const restore = trpc.projects.restore.useMutation({
    onSuccess: (row, { mutationId: of }) => {
      put(row);
      if (of) done(of, `Restore ${row.name}`);
    },
    onError: reportFailure("Couldn't restore the project"),
  });
  const archive = trpc.projects.archive.useMutation({
    onSuccess: (row, { mutationId: of }) => {
      put(row);
      const step = of && done(of, `Archive ${row.name}`);
      notify({ title: `Archived ${row.name}`, ...(step && { onUndo: () => undo.undo(step) }) });
    },
    onError: reportFailure("Couldn't archive the project"),
  });

  if (project.archivedAt) {
    return (
      <Section
        title="This project is archived"
        lead="It's hidden from the sidebar. All its tasks are kept."
      >
        <Button
          icon={<ArchiveRestore size={14} />}
          busy={restore.isPending}
          onClick={() => restore.mutate({ id: project.id, mutationId: uuidv7() })}
        >
          Restore project
        </Button>
      </Section>
    );
  }
  return (
    <Section
      title="Archive project"
      lead="It's removed from the sidebar. Tasks remain searchable and readable. You can restore it at any time."
    >
      <Button
        icon={<Archive size={14} />}
        busy={archive.isPending}
        onClick={() => archive.mutate({ id: project.id, mutationId: uuidv7() })}
      >
        Archive
      </Button>
    </Section>
  );
}
