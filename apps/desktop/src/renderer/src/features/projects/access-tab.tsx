import { lazy, Suspense, useState } from "react";
import { useMayInvite } from "@/entities/invitations/use-may-invite.ts";
import { openMembers } from "@/entities/people/people.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { VisibilityChoice } from "@/entities/projects/visibility-choice.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { AccessGroups } from "./access-groups.tsx";
import { AccessRow } from "./access-row.tsx";
import { usePutProject } from "./use-put-project.ts";

const InviteInto = lazy(() => import("@/entities/invitations/invite-into.tsx"));

const exporters = [
  { value: "inherited", label: "As in the workspace" },
  { value: "editor", label: "Editors and owners" },
  { value: "owner", label: "Owners" },
  { value: "viewer", label: "Everyone who can see it" },
] as const;

/** Above this many people one types to find somebody. */
const MANY = 12;

export function AccessTab({ project }: { project: Project }) {
  const put = usePutProject();
  const isOwner = project.role === "owner";
  const mayInvite = useMayInvite();
  const update = trpc.projects.update.useMutation({
    onSuccess: put,
    onError: reportFailure("Couldn't change access"),
  });
  const visibility = (update.isPending && update.variables.patch.visibility) || project.visibility;
  return (
    <>
      <Section
        title="Access"
        lead={isOwner ? undefined : "Only project owners can change who has access."}
      >
        <VisibilityChoice
          value={visibility}
          onValueChange={(next) => update.mutate({ id: project.id, patch: { visibility: next } })}
          disabled={!isOwner}
        />
      </Section>
      <AccessGroups project={project} mayChange={isOwner} />
      <People project={project} mayChange={isOwner} />
      {isOwner && mayInvite && (
        <Section
          title="Invite to this project"
          lead="By email or link: guests see this project and nothing else of the workspace."
        >
          <Suspense fallback={null}>
            <InviteInto place={{ projectId: project.id }} name={project.name} />
          </Suspense>
        </Section>
      )}
      <Section
        title="Export"
        lead="Tasks as CSV, documents as a ZIP file. The workspace's own limit holds as well."
      >
        <Select
          label="Who can export"
          disabled={!isOwner}
          options={exporters}
          value={project.exporterRole ?? "inherited"}
          onValueChange={(next) =>
            update.mutate({
              id: project.id,
              patch: { exporterRole: next === "inherited" ? null : next },
            })
          }
        />
      </Section>
    </>
  );
}

function People({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const { members } = useWorkspace();
  const emails = useEmails();
  const [query, setQuery] = useState("");
  const own = trpc.projects.members.useQuery({ id: project.id });
  const found = openMembers(members).filter(({ userId, name }) =>
    `${name} ${emails.get(userId) ?? ""}`.toLowerCase().includes(query.trim().toLowerCase()),
  );

  return (
    <Section
      title="People"
      lead="A role set here overrides the workspace role. Workspace owners always have full access."
    >
      {own.error && (
        <div className="mb-3">
          <ErrorNotice title="Couldn't load roles" onRetry={() => own.refetch()}>
            {formatError(own.error)}
          </ErrorNotice>
        </div>
      )}
      {members.length > MANY && (
        <div className="mb-3">
          <TextField
            label="Search people"
            hideLabel
            type="search"
            placeholder="Search people…"
            value={query}
            onValueChange={setQuery}
          />
        </div>
      )}
      {own.data && (
        <Rows label="People">
          {found.map((member) => (
            <AccessRow
              key={member.userId}
              email={emails.get(member.userId)}
              member={member}
              project={project}
              has={own.data.find(({ userId }) => userId === member.userId) ?? null}
              mayChange={mayChange}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}
