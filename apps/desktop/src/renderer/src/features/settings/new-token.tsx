import type { RouterInputs } from "@guildhall/api/client";
import { type FormEvent, useState } from "react";
import { useConfirmed } from "@/entities/session/use-confirmed.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";

type Scope = "read" | "write";

const scopes = [
  { value: "read", label: "Read only" },
  { value: "write", label: "Read and write" },
] as const;

const lives = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
] as const;

type Life = (typeof lives)[number]["value"];

export function NewToken() {
  const cache = trpc.useUtils();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [life, setLife] = useState<Life>("90");
  const create = useConfirmed(
    ({ tokens }, asked: RouterInputs["tokens"]["create"]) => tokens.create.mutate(asked),
    {
      onSuccess: ({ token: _, ...shown }) => {
        cache.tokens.list.setData(undefined, (list) => [shown, ...(list ?? [])]);
        setName("");
      },
    },
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({ name: name.trim(), scope, days: Number(life) });
  }

  return (
    <Section
      title="Access tokens"
      lead="For your own scripts and tools. A token can do anything you can, except manage your password, sessions and tokens."
    >
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label="Token name"
            placeholder="What it's for, such as Nightly report"
            maxLength={100}
            value={name}
            onValueChange={setName}
          />
        </div>
        <Select label="Permissions" value={scope} options={scopes} onValueChange={setScope} />
        <Select label="Expires in" value={life} options={lives} onValueChange={setLife} />
        <span className="[&>button]:h-8">
          <Button type="submit" variant="primary" busy={create.isPending} disabled={!name.trim()}>
            Create token
          </Button>
        </span>
      </form>
      {create.error && (
        <div className="mt-3">
          <ErrorNotice title="Couldn't create the token">{formatError(create.error)}</ErrorNotice>
        </div>
      )}
      {create.data && (
        <div role="status" className="mt-4 grid gap-2 rounded-panel border bg-inset p-3">
          <CopyField label={`Token “${create.data.name}”`} value={create.data.token} />
          <p className="text-12 text-muted">Copy it now: it won't be shown again.</p>
        </div>
      )}
    </Section>
  );
}
