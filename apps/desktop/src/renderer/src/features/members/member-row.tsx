import { ArrowRightLeft, Ellipsis, LogOut, UserMinus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { roleNames } from "@/entities/people/format-role.ts";
import { RoleSelect } from "@/entities/people/role-select.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Member } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar } from "@/ui/people/avatar.tsx";
import { RemoveMember } from "./remove-member.tsx";

const HandOver = lazy(() => import("./hand-over.tsx"));

type Props = {
  member: Member;
  /** Absent for those who see names only. */
  email: string | undefined;
  isMe: boolean;
  /** Owners change roles and remove; everyone may leave. */
  mayChange: boolean;
  isLastOwner: boolean;
};

/** By name, without what their groups add; of a page that was stored before there were groups, all. */
export const givenTo = ({ personalRole, role }: Member) => personalRole ?? role;

export function MemberRow({ member, email, isMe, mayChange, isLastOwner }: Props) {
  const [isRemoving, setRemoving] = useState(false);
  const [isDemoting, setDemoting] = useState(false);
  const [isHandingOver, setHandingOver] = useState(false);
  const isAlone = useWorkspace().members.length === 1;
  const cache = trpc.useUtils();
  const setRole = trpc.members.setRole.useMutation({
    onSuccess: (row) => {
      cache.workspaces.open.setData(
        { workspaceId: row.workspaceId },
        (open) =>
          open && {
            ...open,
            members: open.members.map((each) => (each.userId === row.userId ? row : each)),
          },
      );
      notify({ title: `${row.name} is now ${roleNames[row.role]}` });
    },
    onError: reportFailure("Couldn't change the role"),
  });
  const { workspaceId, userId, name } = member;
  const which = { workspaceId, userId };
  const role = setRole.isPending ? setRole.variables.role : givenTo(member);
  const isMoreByGroup = !setRole.isPending && member.role !== role;

  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <Avatar person={{ id: userId, name }} size={32} decorative />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {isMe && <Badge>You</Badge>}
          {member.isClosed && <Badge>Account closed</Badge>}
        </p>
        {email && <p className="truncate text-12 text-muted">{email}</p>}
        {isMoreByGroup && (
          <p className="truncate text-12 text-muted">{roleNames[member.role]} through a group</p>
        )}
      </div>
      {member.isClosed ? null : mayChange && !isLastOwner ? (
        <RoleSelect
          label={`Role for ${name}`}
          variant="quiet"
          value={role}
          disabled={setRole.isPending}
          onValueChange={(next) =>
            next === "guest" ? setDemoting(true) : setRole.mutate({ ...which, role: next })
          }
        />
      ) : (
        <span className="px-2 text-muted">{roleNames[role]}</span>
      )}
      {(mayChange || isMe) && (
        <Menu
          align="end"
          trigger={<IconButton label={`Options for ${name}`} icon={<Ellipsis size={16} />} />}
          entries={[
            ...(isMe && mayChange
              ? [
                  {
                    label: "Hand over workspace…",
                    icon: <ArrowRightLeft size={14} />,
                    disabled: isAlone,
                    onSelect: () => setHandingOver(true),
                  },
                ]
              : []),
            {
              label: isLastOwner
                ? "To leave, hand over the workspace"
                : isMe
                  ? "Leave workspace…"
                  : "Remove from workspace…",
              icon: isMe ? <LogOut size={14} /> : <UserMinus size={14} />,
              danger: true,
              disabled: isLastOwner,
              onSelect: () => setRemoving(true),
            },
          ]}
        />
      )}
      <AlertDialog
        open={isDemoting}
        onOpenChange={setDemoting}
        title={`Make ${name} a guest?`}
        confirmLabel="Make guest"
        onConfirm={() => {
          setDemoting(false);
          setRole.mutate({ ...which, role: "guest" });
        }}
      >
        {isMe ? "You'll" : "They"} immediately lose access to everything that is open to members, on
        all devices, and keep only the projects and documents {isMe ? "you" : "they"} were added to
        by name. Invitations {isMe ? "you" : "they"} sent stop working. What {isMe ? "you" : "they"}{" "}
        wrote stays.
      </AlertDialog>
      <RemoveMember member={member} isMe={isMe} open={isRemoving} onOpenChange={setRemoving} />
      {isHandingOver && (
        <Suspense fallback={null}>
          <HandOver open onOpenChange={setHandingOver} />
        </Suspense>
      )}
    </li>
  );
}
