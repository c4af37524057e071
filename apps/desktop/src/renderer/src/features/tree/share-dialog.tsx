import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { roles } from "@guildhall/api/client";
import { Lock, UsersRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { type ShownTree, useTree } from "@/entities/documents/sync/use-tree.ts";
import { useMayInvite } from "@/entities/invitations/use-may-invite.ts";
import { roleNames } from "@/entities/people/format-role.ts";
import { openMembers } from "@/entities/people/people.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Member, Role } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";

import { ShareGroups } from "./share-groups.tsx";

const InviteInto = lazy(() => import("@/entities/invitations/invite-into.tsx"));

/** Above this many people one types to find somebody. */
const MANY = 8;

type Props = { id: string; open: boolean; onClose: () => void };

/** Who may see a document and do what with it, and through what; for its owners to change. */
export function ShareDialog({ id, open, onClose }: Props) {
  const tree = useTree();
  const row = tree.rows.get(id);
  return (
    <Dialog
      open={open && row !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Access to “${row ? nameOf(row) : ""}”`}
      description="This also applies to everything inside it."
    >
      {row && <Access row={row} tree={tree} />}
    </Dialog>
  );
}

function Access({ row, tree }: { row: DocumentView; tree: ShownTree }) {
  const { members } = useWorkspace();
  const emails = useEmails();
  const mayShare = tree.mayShare(row);
  const mayInvite = useMayInvite();
  const people = trpc.documents.members.useQuery({ id: row.id }, { refetchOnMount: "always" });
  const [query, setQuery] = useState("");
  const fits = ({ userId, name }: Member) =>
    `${name} ${emails.get(userId) ?? ""}`.toLowerCase().includes(query.trim().toLowerCase());
  const byId = new Map(people.data?.map((person) => [person.userId, person]));
  // Who has no access can be let in, by those who may do that.
  const shown = openMembers(members).filter((m) => fits(m) && (mayShare || byId.has(m.userId)));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pb-2">
      <WhoSees row={row} tree={tree} disabled={!mayShare} />
      {people.error && (
        <ErrorNotice title="Couldn't load access" onRetry={() => people.refetch()}>
          {formatError(people.error)}
        </ErrorNotice>
      )}
      {people.data && (
        <div>
          {members.length > MANY && (
            <div className="mb-2">
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
          <ShareGroups id={row.id} query={query} mayShare={mayShare} />
          <ul
            aria-label="People"
            className="max-h-72 divide-y overflow-y-auto rounded-panel border"
          >
            {shown.map((member) => (
              <Person
                key={member.userId}
                row={row}
                tree={tree}
                member={member}
                has={byId.get(member.userId) ?? null}
                mayShare={mayShare}
              />
            ))}
          </ul>
        </div>
      )}
      {mayShare && mayInvite && (
        <Suspense fallback={null}>
          <InviteInto place={{ documentId: row.id }} name={nameOf(row)} />
        </Suspense>
      )}
      {!mayShare && (
        <p className="text-12 text-muted">
          Only its owners and its creator can change who has access.
        </p>
      )}
    </div>
  );
}

type WhoProps = { row: DocumentView; tree: ShownTree; disabled: boolean };

function WhoSees({ row, tree, disabled }: WhoProps) {
  const { projects } = useWorkspace();
  const set = trpc.documents.setVisibility.useMutation({
    onError: reportFailure("Couldn't change access"),
  });
  const value = (set.isPending && set.variables.visibility) || row.visibility;
  const parent = row.parentId ? tree.rows.get(row.parentId) : undefined;
  const project = projects.find(({ id }) => id === row.projectId);
  const from = parent ? `“${nameOf(parent)}”` : project ? project.name : "the workspace";
  const choices = [
    {
      value: "inherited" as const,
      label: `Same as ${from}`,
      hint: `Everyone with access to ${from}, with the same role.`,
      Icon: UsersRound,
    },
    {
      value: "private" as const,
      label: "Private",
      hint: "Only people you add.",
      Icon: Lock,
    },
  ];
  return (
    <RadioGroup
      aria-label="Visibility"
      value={value}
      onValueChange={(visibility) => set.mutate({ id: row.id, visibility })}
      disabled={disabled || set.isPending}
      className="grid gap-2 sm:grid-cols-2"
    >
      {choices.map(({ value: each, label, hint, Icon }) => (
        <Radio.Root
          key={each}
          value={each}
          className="flex items-start gap-2.5 rounded-control border border-line-strong bg-surface p-2.5 text-left shadow-card transition-colors hover:border-faint/70 data-checked:border-accent data-checked:bg-accent-soft data-disabled:opacity-60"
        >
          <Icon size={15} className="mt-px shrink-0 text-muted" aria-hidden="true" />
          <span className="min-w-0">
            <span className="block truncate font-medium text-13">{label}</span>
            <span className="block text-12 text-muted">{hint}</span>
          </span>
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}

type Has = {
  role: Role;
  ownRole: Role | null;
  through: "owner" | "group" | "document" | "project" | "workspace";
  throughId: string | null;
};
type PersonProps = {
  row: DocumentView;
  tree: ShownTree;
  member: Member;
  /** Null: no access. */
  has: Has | null;
  mayShare: boolean;
};
type Choice = Role | "inherited";

function Person({ row, tree, member, has, mayShare }: PersonProps) {
  const { userId, name } = member;
  const cache = trpc.useUtils();
  const onError = reportFailure("Couldn't change the role");
  const onSuccess = () => cache.documents.members.invalidate({ id: row.id });
  const set = trpc.documents.setMember.useMutation({ onSuccess, onError });
  const remove = trpc.documents.removeMember.useMutation({ onSuccess, onError });
  const isWorkspaceOwner = member.role === "owner";
  const ownRole = has?.ownRole ?? null;
  const pending: Choice | false =
    (set.isPending && set.variables.role) || (remove.isPending && "inherited");
  const value: Choice = pending || ownRole || "inherited";
  const options: { value: Choice; label: string }[] = [
    { value: "inherited", label: inheritedLabel() },
    ...roles.map((role) => ({ value: role, label: roleNames[role] })),
  ];

  function inheritedLabel() {
    if (ownRole) return row.visibility === "private" ? "No access" : "Inherited role";
    return has ? roleNames[has.role] : "No access";
  }
  function choose(next: Choice) {
    if (next !== "inherited") set.mutate({ id: row.id, userId, role: next });
    else if (ownRole) remove.mutate({ id: row.id, userId });
  }

  return (
    <li className="flex min-h-11 items-center gap-3 px-3 py-1.5">
      <Avatar person={{ id: userId, name }} size={24} decorative />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-12 text-muted">
          {has ? formatSource(has, row, tree) : "No access"}
        </p>
      </div>
      {isWorkspaceOwner || !mayShare ? (
        <span className="shrink-0 px-2 text-muted">{has ? roleNames[has.role] : "No access"}</span>
      ) : (
        <Select
          label={`Role for ${name}`}
          variant="quiet"
          value={value}
          options={options}
          onValueChange={choose}
          disabled={pending !== false}
        />
      )}
    </li>
  );
}

/** What gives somebody their role. */
function formatSource({ through, throughId }: Has, row: DocumentView, tree: ShownTree): string {
  switch (through) {
    case "owner":
      return "Workspace owner";
    case "project":
      return "Inherited from the project";
    case "workspace":
      return "Inherited from the workspace";
    case "group":
    case "document": {
      if (throughId === row.id) return through === "group" ? "Through a group" : "Here";
      const above = tree.rows.get(throughId ?? "");
      return above ? `Inherited from “${nameOf(above)}”` : "Inherited from a folder above it";
    }
  }
}
