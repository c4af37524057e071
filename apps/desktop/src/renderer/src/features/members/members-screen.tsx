import { workspaceRoles } from "@guildhall/api/client";
import { roleMeanings, roleNames } from "@/entities/people/format-role.ts";
import { useEmails } from "@/entities/people/use-emails.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { ScreenBody } from "@/ui/layout/screen-body.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { InviteForm } from "./invite-form.tsx";
import { MemberRow } from "./member-row.tsx";
import { OpenInvitations } from "./open-invitations.tsx";

export function MembersScreen() {
  const workspace = useWorkspace();
  const me = useMe();
  const emails = useEmails();
  const isOwner = workspace.role === "owner";
  const owners = workspace.members.filter(({ role }) => role === "owner").length;
  return (
    <>
      <ScreenHeader isForm title="Members" />
      <ScreenBody width="page">
        {isOwner && (
          <Section title="Invite people" lead="Everyone you invite gets a link to join.">
            <InviteForm />
          </Section>
        )}
        {isOwner && <OpenInvitations />}
        <Section
          title={`${workspace.members.length} ${workspace.members.length === 1 ? "member" : "members"}`}
          lead={isOwner ? undefined : "Only workspace owners can invite people and change roles."}
        >
          <Rows label="Members">
            {workspace.members.map((member) => (
              <MemberRow
                key={member.userId}
                member={member}
                email={emails.get(member.userId)}
                isMe={member.userId === me.id}
                mayChange={isOwner}
                isLastOwner={member.role === "owner" && owners === 1}
              />
            ))}
          </Rows>
          <dl className="mt-4 grid grid-cols-[4rem_1fr] gap-y-1 text-12 text-muted">
            {workspaceRoles.map((role) => (
              <div key={role} className="contents">
                <dt className="font-medium">{roleNames[role]}</dt>
                <dd>{roleMeanings[role]}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </ScreenBody>
    </>
  );
}
