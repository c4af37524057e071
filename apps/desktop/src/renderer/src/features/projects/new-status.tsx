import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { categoryOptions } from "@/entities/projects/status-categories.tsx";
import type { Project, Status } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { usePutStatus } from "./use-put-project.ts";

export function NewStatus({ project }: { project: Project }) {
  const { put } = usePutStatus();
  const [name, setName] = useState("");
  const [category, setCategory] = useState<Status["category"]>("started");
  const create = trpc.statuses.create.useMutation({
    onSuccess: (row) => {
      put(row);
      setName("");
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ projectId: project.id, name: name.trim(), category });
  }

  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-start gap-2">
      <div className="min-w-48 flex-1">
        <TextField
          label="New status name"
          hideLabel
          placeholder="New status, such as In review"
          maxLength={50}
          value={name}
          onValueChange={(typed) => {
            setName(typed);
            if (create.error) create.reset();
          }}
          error={create.error && formatError(create.error)}
        />
      </div>
      <Select
        label="New status category"
        value={category}
        options={categoryOptions}
        onValueChange={setCategory}
      />
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
