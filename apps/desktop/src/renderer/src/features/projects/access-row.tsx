import { type RouterOutputs, roles } from "@guildhall/api/client";
import { roleNames } from "@/entities/people/format-role.ts";
import type { Member, Project, Role } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";

type Props = {
  member: Member;
  /** Absent for those who see names only. */
  email: string | undefined;
  project: Project;
  /** Their role in this project, by name or through their groups. */
  has: RouterOutputs["projects"]["members"][number] | null;
  mayChange: boolean;
};

type Choice = Role | "inherited";

export function AccessRow({ member, email, project, has, mayChange }: Props) {
  const ownRole = has?.personalRole ?? null;
  const { userId, name } = member;
  const cache = trpc.useUtils();
  const show = (role: Role) =>
    cache.projects.members.setData({ id: project.id }, (list) => {
      const others = list?.filter((each) => each.userId !== userId) ?? [];
      return [...others, { projectId: project.id, userId, role, personalRole: role }];
    });
  // Their groups may give them one.
  const onSuccess = () => cache.projects.members.invalidate({ id: project.id });
  const onError = reportFailure("Couldn't change the role");
  const set = trpc.projects.setMember.useMutation({
    onSuccess: ({ role }) => show(role),
    onError,
  });
  const remove = trpc.projects.removeMember.useMutation({ onSuccess, onError });

  const inherited =
    has && !ownRole
      ? `Through a group: ${roleNames[has.role]}`
      : project.visibility === "open" && member.role !== "guest"
        ? `Workspace role: ${roleNames[member.role]}`
        : "No access";
  const options: { value: Choice; label: string }[] = [
    { value: "inherited", label: inherited },
    ...roles.map((value) => ({ value, label: roleNames[value] })),
  ];
  const isWorkspaceOwner = member.role === "owner";
  const pending: Choice | false =
    (set.isPending && set.variables.role) || (remove.isPending && "inherited");
  const value = pending || ownRole || "inherited";

  function choose(next: Choice) {
    if (next !== "inherited") set.mutate({ projectId: project.id, userId, role: next });
    else if (ownRole) remove.mutate({ projectId: project.id, userId });
  }

  return (
    <li className="flex min-h-12 items-center gap-3 px-3 py-1.5">
      <Avatar person={{ id: userId, name }} size={24} decorative />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        {email && <p className="truncate text-12 text-muted">{email}</p>}
      </div>
      {isWorkspaceOwner ? (
        <span className="px-2 text-muted">Workspace owner</span>
      ) : (
        <Select
          label={`Role for ${name}`}
          variant="quiet"
          value={value}
          options={options}
          onValueChange={choose}
          disabled={!mayChange || pending !== false}
        />
      )}
    </li>
  );
}
