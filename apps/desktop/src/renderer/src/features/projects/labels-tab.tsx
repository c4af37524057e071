import { Plus, Tag } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ColorPicker } from "@/entities/labels/color-picker.tsx";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { LabelRow } from "./label-row.tsx";
import { usePutLabel } from "./use-put-project.ts";

export function LabelsTab({ project }: { project: Project }) {
  const mayEdit = project.role !== "viewer";
  return (
    <Section
      title="Labels"
      lead="Labels describe what a task is about, such as a bug, a customer or an area. A task can have several."
    >
      {project.labels.length > 0 ? (
        <Rows label="Labels">
          {project.labels.map((label) => (
            <LabelRow key={label.id} label={label} mayEdit={mayEdit} />
          ))}
        </Rows>
      ) : (
        <p className="flex items-center gap-2 rounded-panel border border-dashed px-3 py-4 text-muted">
          <Tag size={15} aria-hidden="true" />
          No labels yet.
        </p>
      )}
      {mayEdit && <NewLabel key={project.labels.length} project={project} />}
    </Section>
  );
}

function NewLabel({ project }: { project: Project }) {
  const { put } = usePutLabel();
  const [name, setName] = useState("");
  const [color, setColor] = useState(nextLabelColor(project.labels.length));
  const create = trpc.labels.create.useMutation({ onSuccess: put });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ projectId: project.id, name: name.trim(), color });
  }

  return (
    <form onSubmit={submit} className="mt-3 flex items-start gap-2">
      <ColorPicker label="Colour of the new label" value={color} onValueChange={setColor} framed />
      <div className="min-w-0 flex-1">
        <TextField
          label="New label name"
          hideLabel
          placeholder="New label"
          maxLength={50}
          value={name}
          onValueChange={(typed) => {
            setName(typed);
            if (create.error) create.reset();
          }}
          error={create.error && formatError(create.error)}
        />
      </div>
      <span className="[&>button]:h-8">
        <Button
          type="submit"
          icon={<Plus size={14} />}
          busy={create.isPending}
          disabled={!name.trim()}
        >
          Add
        </Button>
      </span>
    </form>
  );
}
