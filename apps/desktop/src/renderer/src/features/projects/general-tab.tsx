import { type FormEvent, use, useState } from "react";
import { uuidv7 } from "uuidv7";
import { keyProblem } from "@/entities/projects/suggest-key.ts";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { TextArea } from "@/ui/controls/text-area.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { ArchiveProject } from "./archive-project.tsx";
import { DeleteProject } from "./delete-project.tsx";
import { usePutProject } from "./use-put-project.ts";

export function GeneralTab({ project }: { project: Project }) {
  return (
    <>
      <Section title="Name and description">
        <ProjectFields project={project} />
      </Section>
      {project.role === "owner" && (
        <>
          <ArchiveProject project={project} />
          <DeleteProject project={project} />
        </>
      )}
    </>
  );
}

function ProjectFields({ project }: { project: Project }) {
  const { id: workspaceId } = useWorkspace();
  const navigate = use(NavigateContext);
  const put = usePutProject();
  const pushUndo = useSettingsUndo();
  const [name, setName] = useState(project.name);
  const [key, setKey] = useState(project.key);
  const [description, setDescription] = useState(project.description);
  const update = trpc.projects.update.useMutation({
    onSuccess: (row, { id, mutationId: of }) => {
      put(row);
      if (of) pushUndo({ mutation: "projects.undo", id, of, label: `Change ${row.name}` });
      notify({ title: "Project saved" });
      if (row.key !== project.key) navigate?.(paths.projectSettings(workspaceId, row.key));
    },
  });

  const mayEdit = project.role !== "viewer";
  const patch = {
    ...(name.trim() !== project.name && { name: name.trim() }),
    ...(key !== project.key && { key }),
    ...(description !== project.description && { description }),
  };
  const isChanged = Object.keys(patch).length > 0;
  const reason = errorReason(update.error);
  const isAboutKey = reason === "key_taken" || reason === "key_in_use";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isChanged && !keyProblem(key)) {
      update.mutate({ id: project.id, patch, mutationId: uuidv7() });
    }
  }

  return (
    <form onSubmit={submit} className="grid max-w-[520px] gap-4">
      {update.error && !isAboutKey && (
        <ErrorNotice title="Couldn't save the project">{formatError(update.error)}</ErrorNotice>
      )}
      <TextField
        label="Name"
        required
        maxLength={100}
        readOnly={!mayEdit}
        value={name}
        onValueChange={setName}
      />
      <TextField
        label="Key"
        required
        maxLength={10}
        spellCheck={false}
        readOnly={project.role !== "owner"}
        value={key}
        onValueChange={(typed) => {
          setKey(typed.toUpperCase());
          if (update.error) update.reset();
        }}
        hint={`Task numbers start with it: ${project.key}-1, ${project.key}-2 and so on. Owners can change it until the project has tasks.`}
        error={(isAboutKey ? formatError(update.error) : null) ?? keyProblem(key)}
      />
      <TextArea
        label="Description"
        rows={4}
        maxLength={10_000}
        readOnly={!mayEdit}
        value={description}
        onValueChange={setDescription}
      />
      {mayEdit && (
        <div>
          <Button
            type="submit"
            variant="primary"
            busy={update.isPending}
            disabled={!isChanged || !name.trim()}
          >
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
