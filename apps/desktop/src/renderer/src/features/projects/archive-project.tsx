import { Archive, ArchiveRestore } from "lucide-react";
import type { Project } from "@/sync/shapes.ts";
import { tellFailure } from "@/sync/tell-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { Section } from "@/ui/section.tsx";
import { notify } from "@/ui/toast.ts";
import { usePutProject } from "./use-put-project.ts";

/** Archiving can be taken back, so it is done at once and offers that. */
export function ArchiveProject({ project }: { project: Project }) {
  const put = usePutProject();
  const restore = trpc.projects.restore.useMutation({
    onSuccess: put,
    onError: tellFailure("The project was not restored"),
  });
  const archive = trpc.projects.archive.useMutation({
    onSuccess: (row) => {
      put(row);
      notify({
        title: `${row.name} is archived`,
        onUndo: () => restore.mutate({ id: project.id }),
      });
    },
    onError: tellFailure("The project was not archived"),
  });

  if (project.archivedAt) {
    return (
      <Section
        title="This project is archived"
        lead="It is not in the sidebar any more. Its tasks are all kept."
      >
        <Button
          icon={<ArchiveRestore size={14} />}
          busy={restore.isPending}
          onClick={() => restore.mutate({ id: project.id })}
        >
          Restore the project
        </Button>
      </Section>
    );
  }
  return (
    <Section
      title="Archive the project"
      lead="It leaves the sidebar; its tasks stay and can be found and read. You can restore it any time."
    >
      <Button
        icon={<Archive size={14} />}
        busy={archive.isPending}
        onClick={() => archive.mutate({ id: project.id })}
      >
        Archive
      </Button>
    </Section>
  );
}
