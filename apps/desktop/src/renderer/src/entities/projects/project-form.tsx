import { type FormEvent, useState } from "react";
import { uuidv7 } from "uuidv7";
import { errorReason, formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextArea } from "@/ui/controls/text-area.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { keyProblem, suggestKey } from "./suggest-key.ts";
import { type Visibility, VisibilityChoice } from "./visibility-choice.tsx";

type Props = {
  workspaceId: string;
  takenKeys: readonly string[];
  onCreated: (project: { id: string; key: string }) => void;
  submitLabel: string;
  /** Absent in a form that cannot be left. */
  onCancel?: () => void;
};

export function ProjectForm({ workspaceId, takenKeys, onCreated, submitLabel, onCancel }: Props) {
  const [id] = useState(uuidv7);
  const [name, setName] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [description, setDescription] = useState("");
  const [visibility, setVisibility] = useState<Visibility>("open");
  const [wasTried, setTried] = useState(false);
  const create = trpc.projects.create.useMutation({ onSuccess: onCreated });

  // Follows the name until the person writes a key of their own.
  const key = typedKey ?? suggestKey(name, takenKeys);
  const isTaken = takenKeys.includes(key) || errorReason(create.error) === "key_taken";
  const problem = isTaken ? "Another project already uses this key." : keyProblem(key);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (keyProblem(key) || takenKeys.includes(key)) return;
    create.mutate({ id, workspaceId, name: name.trim(), key, description, visibility });
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {create.error && errorReason(create.error) !== "key_taken" && (
        <ErrorNotice title="Couldn't create the project">{formatError(create.error)}</ErrorNotice>
      )}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
        <TextField
          label="Name"
          required
          autoFocus
          maxLength={100}
          placeholder="Website"
          value={name}
          onValueChange={setName}
        />
        <TextField
          label="Key"
          required
          maxLength={10}
          autoComplete="off"
          spellCheck={false}
          value={key}
          onValueChange={(typed) => setTypedKey(typed.toUpperCase())}
          error={(wasTried || typedKey) && key ? problem : null}
        />
      </div>
      <p className="-mt-2 text-12 text-muted">
        Tasks are numbered {key || "KEY"}-1, {key || "KEY"}-2 and so on. The key can't be changed
        once the project has tasks.
      </p>
      <TextArea
        label="Description"
        aside="Optional"
        maxLength={10_000}
        value={description}
        onValueChange={setDescription}
      />
      <VisibilityChoice value={visibility} onValueChange={setVisibility} />
      <div className="flex justify-end gap-2 pt-1">
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" variant="primary" busy={create.isPending} disabled={!name.trim()}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
