import { inviterRoles, roles, visibilities } from "@guildhall/api/client";
import { type FormEvent, type ReactNode, useState } from "react";
import { roleNames } from "@/entities/people/format-role.ts";
import { PictureField } from "@/entities/pictures/picture-field.tsx";
import { WorkspaceMark } from "@/entities/pictures/workspace-mark.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Workspace } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { Switch } from "@/ui/controls/switch.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { ExportWorkspace } from "./archives/export-workspace.tsx";
import { DeleteWorkspace } from "./delete-workspace.tsx";
import { DeletedProjects } from "./deleted-projects.tsx";

const asRole = roles.map((value) => ({ value, label: roleNames[value] }));
const invites = inviterRoles.map((value) => ({
  value,
  label: value === "owner" ? "Owners" : "Owners and editors",
}));
const exportNames = {
  owner: "Owners",
  editor: "Owners and editors",
  viewer: "Everyone who can see it",
};
const exporters = roles.map((value) => ({ value, label: exportNames[value] }));
const visibilityNames = { open: "Everyone in the workspace", private: "Only people you add" };
const seen = visibilities.map((value) => ({ value, label: visibilityNames[value] }));

function useUpdateWorkspace() {
  const cache = trpc.useUtils();
  return trpc.workspaces.update.useMutation({
    onSuccess: ({ role: _, ...row }) => {
      cache.workspaces.open.setData({ workspaceId: row.id }, (open) => open && { ...open, ...row });
      void cache.workspaces.list.invalidate();
    },
    onError: reportFailure("Couldn't save the setting"),
  });
}

/** For its owners; whatever is changed here holds at once, and is seen by everybody. */
export default function WorkspaceTab() {
  const workspace = useWorkspace();
  const { id: workspaceId } = workspace;
  const update = useUpdateWorkspace();
  const removePicture = trpc.pictures.removeOfWorkspace.useMutation();
  const set = (patch: Parameters<typeof update.mutate>[0]["patch"]) =>
    update.mutate({ workspaceId, patch });
  return (
    <>
      <Section title="Workspace">
        <div className="mb-5">
          <PictureField
            kind="workspaces"
            id={workspaceId}
            picture={<WorkspaceMark workspace={workspace} size={64} />}
            hasPicture={Boolean(workspace.pictureKey)}
            onRemove={() => removePicture.mutateAsync({ workspaceId })}
          />
        </div>
        <Name key={workspace.name} workspace={workspace} onSave={(name) => set({ name })} />
      </Section>
      <Section title="People">
        <div className="grid gap-4">
          <Row label="New people join as" hint="Unless an invitation says otherwise.">
            <Select
              label="New people join as"
              options={asRole}
              value={workspace.defaultRole}
              onValueChange={(defaultRole) => set({ defaultRole })}
            />
          </Row>
          <Row
            label="Who can invite people"
            hint="Editors can invite editors, viewers and guests. If you turn this off, their open invitations are revoked."
          >
            <Select
              label="Who can invite people"
              options={invites}
              value={workspace.inviterRole}
              onValueChange={(inviterRole) => set({ inviterRole })}
            />
          </Row>
          <Switch
            label="Require a second factor"
            hint="Members without one see nothing here until they add it."
            checked={workspace.requiresSecondFactor}
            onCheckedChange={(requiresSecondFactor) => set({ requiresSecondFactor })}
          />
        </div>
      </Section>
      <Section title="Content">
        <div className="grid gap-4">
          <Row label="Who can export" hint="Tasks as CSV, documents as a ZIP file.">
            <Select
              label="Who can export"
              options={exporters}
              value={workspace.exporterRole}
              onValueChange={(exporterRole) => set({ exporterRole })}
            />
          </Row>
          <Row label="New projects are visible to">
            <Select
              label="New projects are visible to"
              options={seen}
              value={workspace.projectVisibility}
              onValueChange={(projectVisibility) => set({ projectVisibility })}
            />
          </Row>
        </div>
      </Section>
      <ExportWorkspace workspaceId={workspaceId} />
      <DeletedProjects />
      <DeleteWorkspace workspace={workspace} />
    </>
  );
}

function Row({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-40 flex-1">
        <p className="font-medium text-13">{label}</p>
        {hint && <p className="mt-0.5 text-12 text-muted">{hint}</p>}
      </div>
      {children}
    </div>
  );
}

function Name({ workspace, onSave }: { workspace: Workspace; onSave: (name: string) => void }) {
  const [name, setName] = useState(workspace.name);
  const isNew = name.trim() !== "" && name.trim() !== workspace.name;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isNew) onSave(name.trim());
      }}
    >
      <div className="min-w-40 flex-1">
        <TextField
          label="Name"
          required
          maxLength={100}
          value={name}
          onValueChange={setName}
          autoComplete="off"
        />
      </div>
      <span className="[&>button]:h-8">
        <Button type="submit" disabled={!isNew}>
          Save
        </Button>
      </span>
    </form>
  );
}
